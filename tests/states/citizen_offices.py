"""The citizens' pages about offices, numbers and rights, in every state one can come to."""

from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.pages import Visit, page_state


def search(visit: Visit, asked: str, path: str = "offices") -> TestResponse:
    """Search for a place."""
    return visit.get(f"{path}?{urlencode({'q': asked})}")


@page_state("offices, before searching")
def offices(visit: Visit) -> TestResponse:
    return visit.get("offices")


@page_state("offices, several")
def offices_several(visit: Visit) -> TestResponse:
    return search(visit, "Oslo")


@page_state("offices, misspelt")
def offices_misspelt(visit: Visit) -> TestResponse:
    return search(visit, "Karasjk")


@page_state("offices, none")
def offices_none(visit: Visit) -> TestResponse:
    return search(visit, "Ingensteds")


@page_state("offices, Svalbard")
def offices_svalbard(visit: Visit) -> TestResponse:
    return search(visit, "9170")


@page_state("office, two doors")
def office_two_doors(visit: Visit) -> TestResponse:
    return visit.get("offices/nav-eksempel-grunerhaven")


@page_state("office, in large print")
def office_large(visit: Visit) -> TestResponse:
    return visit.get("offices/nav-eksempel-grunerhaven?size=large")


@page_state("office, restricted hours")
def office_restricted(visit: Visit) -> TestResponse:
    return visit.get("offices/nav-eksempel-modalsfossen")


@page_state("office, unknown")
def office_unknown(visit: Visit) -> TestResponse:
    return visit.get("offices/nav-ingensteds")


@page_state("duty")
def duty(visit: Visit) -> TestResponse:
    return visit.get("duty")


@page_state("duty, in large print")
def duty_large(visit: Visit) -> TestResponse:
    return visit.get("duty?q=0550&size=large")


@page_state("duty, none there")
def duty_none(visit: Visit) -> TestResponse:
    return search(visit, "Ingensteds", "duty")


@page_state("rights")
def rights(visit: Visit) -> TestResponse:
    return visit.get("rights")


@page_state("privacy")
def privacy(visit: Visit) -> TestResponse:
    return visit.get("privacy")


@page_state("accessibility")
def accessibility(visit: Visit) -> TestResponse:
    return visit.get("accessibility")


@page_state("about")
def about(visit: Visit) -> TestResponse:
    return visit.get("about")
