"""A form on paper at the desk: blank, with errors, entered, late, entered twice, not stored."""

from datetime import timedelta
from unittest.mock import patch

from werkzeug.test import TestResponse

from nav_access.core.clock import to_oslo
from nav_access.core.db import Database, DatabaseUnavailable
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk


def _sheet(visit: Visit, hours: int = 1, **typed: str | list[str]) -> Form:
    """Return a sheet that was handed in some hours ago, as it is typed in."""
    at = AtDesk.begin(visit)
    then = to_oslo(at.desk.now - timedelta(hours=hours))
    about = {"reads": "ar", "day": f"{then:%d.%m.%Y}", "time": f"{then:%H:%M}"}
    form = Page.read(at.get("new")).form("form:has(#reads)")
    return form.fill(**{**about, "need": ["food"], "phone": "91234567", **typed})


@page_state("desk, a form on paper", **DESK)
def blank(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("new")


@page_state("desk, a form on paper, sent empty", **DESK)
def empty(visit: Visit) -> TestResponse:
    return _sheet(visit, reads="", day="x", time="", need=[], reach="call", phone="1").submit(
        visit.client
    )


@page_state("desk, a form on paper, entered", **DESK)
def entered(visit: Visit) -> TestResponse:
    return _sheet(visit, reach="sms", say_who="yes").submit(visit.client)


@page_state("desk, a form on paper, entered late", **DESK)
def late(visit: Visit) -> TestResponse:
    return _sheet(visit, 24 * 5, acute=["no_food_today"], children="yes").submit(visit.client)


@page_state("desk, a form on paper, entered twice", **DESK)
def twice(visit: Visit) -> TestResponse:
    form = _sheet(visit)
    form.submit(visit.client)
    return form.submit(visit.client)


@page_state("desk, a form on paper, not stored", **DESK)
def unstored(visit: Visit) -> TestResponse:
    form = _sheet(visit, message="Han fryser")
    with patch.object(Database, "unit_of_work", side_effect=DatabaseUnavailable):
        return form.submit(visit.client)
