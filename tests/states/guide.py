"""The guide to who does what, as citizens and as the desk see it."""

from werkzeug.test import TestResponse

from tests.pages import Visit, page_state
from tests.states.contact_centre import AtCentre
from tests.states.desk import DESK, AtDesk
from tests.states.partner import AtAgency


@page_state("services")
def services(visit: Visit) -> TestResponse:
    return visit.get("services")


@page_state("services, one")
def service(visit: Visit) -> TestResponse:
    return visit.get("services/qualification-programme")


@page_state("desk, guide", **DESK)
def guide(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("guide")


@page_state("desk, guide, found", **DESK)
def guide_found(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("guide?q=gjeld")


@page_state("desk, guide, nothing found", **DESK)
def guide_nothing(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("guide?q=xyzzy")


@page_state("desk, guide, one", **DESK)
def guide_service(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("guide/social-assistance")


@page_state("agency, guide", **DESK)
def agency_guide(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get("guide?q=gjeld")


@page_state("agency, guide, one", **DESK)
def agency_guide_service(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get("guide/advice")


@page_state("contact centre, guide", **DESK)
def centre_guide(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get("guide?q=gjeld")


@page_state("contact centre, guide, one", **DESK)
def centre_guide_service(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get("guide/advice")
