"""The guide to who does what, as citizens and as the desk see it."""

from werkzeug.test import TestResponse

from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk


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
