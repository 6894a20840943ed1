"""Who has come for an appointment: seen in the diary, and called by themself."""

from nav_access.kiosk.codes import TicketState
from nav_access.kiosk.tickets import Step, move
from tests.doors.kiosk.conftest import book_meeting, come
from tests.page import page


def test_the_diary_says_who_has_come_and_who_has_left(desk):
    browser = desk.at_work("Tor")
    number = book_meeting(desk)
    assert "number 1" not in page(browser.get("/desk/diary")).text
    ticket = come(desk, number)
    shown = page(browser.get("/desk/diary")).text
    assert "Has come" in shown
    assert "number 1" in shown
    with desk.database.unit_of_work() as session:
        step = Step(ticket, 1, TicketState.GONE)
        move(session, desk.office_id, step, now=desk.now)
    assert "Has left" in page(browser.get("/desk/diary")).text


def test_who_has_an_appointment_does_not_wait_for_the_next_call(desk):
    browser = desk.at_work("Tor")
    come(desk, book_meeting(desk))
    shown = page(browser.get("/desk/tickets"))
    assert "0 persons wait." in shown.text
    assert shown.all('button[value="meet"]')
    called = shown.form('form:has(button[value="call"])').fill(place="3").submit(browser, "call")
    assert called.status_code == 409
