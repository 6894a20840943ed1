"""The line at the desk: call, call again, park, another room, done; a second desk is told."""

import pytest
from sqlalchemy import update

from nav_access.kiosk.codes import TicketKind
from nav_access.kiosk.models import Ticket
from nav_access.kiosk.queries import list_asked
from nav_access.kiosk.tickets import take_ticket
from tests.page import page


@pytest.fixture
def at_work(desk):
    """A caseworker's browser, and three who wait."""
    with desk.database.unit_of_work() as session:
        for number in range(3):
            once = bytes([number]) * 16
            take_ticket(session, desk.office_id, TicketKind.WALK_IN, once=once, now=desk.now)
    return desk.at_work("Tor")


def see(browser):
    return page(browser.get("/desk/tickets"))


def call(browser, place="3", on=None):
    form = (on or see(browser)).form('form:has(button[value="call"])')
    return form.fill(place=place).submit(browser, "call")


def press(browser, act, on=None, **typed):
    form = (on or see(browser)).all(f'form:has(button[value="{act}"])')[0]
    shown = on or see(browser)
    return (
        type(shown.form('form:has(button[value="call"])'))
        .read(shown, form)
        .fill(**typed)
        .submit(browser, act)
    )


def asked(desk):
    with desk.database.read_session() as session:
        return [(one.number, one.place) for one in list_asked(session, desk.office_id, desk.now)]


def test_the_next_is_called_and_the_desk_remembered(desk, at_work):
    done = call(at_work)
    assert done.location.endswith("place=3")
    assert asked(desk) == [(1, 3)]
    assert page(at_work.get(done.location)).one("#place")["value"] == "3"


@pytest.mark.parametrize("place", ["", "x", "0"])
def test_where_to_go_is_asked_for(desk, at_work, place):
    assert page(call(at_work, place)).response.status_code == 422
    assert asked(desk) == []


def test_the_same_form_twice_calls_one(desk, at_work):
    on = see(at_work)
    for _ in range(2):
        assert call(at_work, on=on).status_code == 303
    assert len(asked(desk)) == 1


@pytest.mark.parametrize(
    ("act", "shown"), [("recall", [(1, 3)]), ("park", []), ("done", []), ("gone", [])]
)
def test_what_becomes_of_a_number(desk, at_work, act, shown):
    call(at_work)
    assert press(at_work, act).status_code == 303
    assert asked(desk) == shown


def test_tickets_have_large_numbers_when_a_country_has_taken_them(desk, at_work):
    call(at_work)
    with desk.database.unit_of_work() as session:
        session.execute(update(Ticket).where(Ticket.number == 1).values(id=7_654_321))
    assert press(at_work, "done").status_code == 303
    assert asked(desk) == []


def test_an_appointment_is_called_by_itself(desk, at_work):
    with desk.database.unit_of_work() as session:
        take_ticket(session, desk.office_id, TicketKind.MEETING, once=b"m" * 16, now=desk.now)
    assert page(press(at_work, "meet")).response.status_code == 422
    on = page(at_work.get("/desk/tickets?place=5"))
    assert press(at_work, "meet", on).location.endswith("place=5")
    assert asked(desk) == [(4, 5)]


def test_who_is_called_again_goes_to_the_desk_that_calls_and_a_room_stays_one(desk, at_work):
    call(at_work)
    press(at_work, "recall", page(at_work.get("/desk/tickets?place=8")))
    assert asked(desk) == [(1, 8)]
    press(at_work, "room", room="12")
    again = see(at_work).all('form:has(input[name="room"][type="hidden"])')[0]
    assert again.find("button").text == "Call again"
    press(at_work, "room")
    with desk.database.read_session() as session:
        assert list_asked(session, desk.office_id, desk.now)[0].is_room


def test_a_private_room_has_a_number(desk, at_work):
    call(at_work)
    assert page(press(at_work, "room")).response.status_code == 422
    assert press(at_work, "room", room="12").status_code == 303
    assert asked(desk) == [(1, 12)]


def test_a_second_desk_is_told_what_the_first_did(at_work):
    call(at_work)
    on = see(at_work)
    press(at_work, "done", on)
    assert page(press(at_work, "park", on)).response.status_code == 409


def test_when_nobody_waits_that_is_said(at_work):
    for _ in range(3):
        call(at_work)
    assert page(call(at_work)).response.status_code == 409


def test_another_offices_line_is_not_there(desk):
    browser = desk.at_work("Siv2", desk.other_id)
    assert browser.get(f"/desk/tickets?office={desk.slug}").status_code == 404
