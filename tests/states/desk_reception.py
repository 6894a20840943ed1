"""The desk's pages about its reception: who waits, and the terminals that stand there."""

from werkzeug.test import TestResponse

from tests.doors.kiosk.conftest import book_meeting, come
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk
from tests.states.desk_times import publish
from tests.states.kiosk import wait


@page_state("desk, tickets", **DESK)
def tickets(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    wait(at.desk)
    return at.get("tickets?place=2")


@page_state("desk, tickets, an appointment", **DESK)
def tickets_meeting(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    wait(at.desk)
    come(at.desk, book_meeting(at.desk))
    return at.get("tickets?place=2")


@page_state("desk, diary, somebody has come", **DESK)
def diary_come(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    come(at.desk, book_meeting(at.desk))
    return at.get("diary")


@page_state("desk, tickets, no room said", **DESK)
def tickets_room(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    wait(at.desk)
    shown = Page.read(at.get("tickets?place=2"))
    form = shown.all('form:has(button[value="room"])')[0]
    return Form.read(shown, form).submit(visit.client, "room")


@page_state("desk, tickets, nobody", **DESK)
def tickets_nobody(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("tickets")


@page_state("desk, tickets, no desk said", **DESK)
def tickets_where(visit: Visit) -> TestResponse:
    shown = Page.read(AtDesk.begin(visit).get("tickets"))
    return shown.form('form:has(button[value="call"])').submit(visit.client, "call")


@page_state("desk, tickets, nobody to call", **DESK)
def tickets_empty(visit: Visit) -> TestResponse:
    shown = Page.read(AtDesk.begin(visit).get("tickets"))
    form = shown.form('form:has(button[value="call"])').fill(place="2")
    return form.submit(visit.client, "call")


@page_state("desk, terminals", **DESK)
def terminals(visit: Visit) -> TestResponse:
    return publish(AtDesk.begin(visit)).get("terminals")


@page_state("desk, terminals, a code", **DESK)
def terminals_code(visit: Visit) -> TestResponse:
    shown = Page.read(publish(AtDesk.begin(visit)).get("terminals"))
    form = shown.form('form:has(button[value="add"])').fill(name="Ved døra")
    return form.submit(visit.client, "add")


@page_state("desk, terminals, no name", **DESK)
def terminals_empty(visit: Visit) -> TestResponse:
    shown = Page.read(publish(AtDesk.begin(visit)).get("terminals"))
    return shown.form('form:has(button[value="add"])').submit(visit.client, "add")
