"""The times of one's own case: shown, moved, given up, missed; and the calendar file of one."""

import icalendar
import pytest
import vobject
from sqlalchemy import select

from nav_access.appointments import service
from nav_access.appointments.codes import BookingState, Purpose
from nav_access.intake import handling
from nav_access.intake.codes import CaseStatus, ContactOutcome
from nav_access.intake.handling import Turn
from nav_access.intake.models import Case
from tests.desk_factory import add_staff, submission
from tests.doors.citizen.booking import Booker, days_on, publish, slots_on
from tests.doors.citizen.conftest import QUIET, code_on
from tests.page import Page, page

BOX = "form.box"
MAIN = "form:has(textarea)"


@pytest.fixture
def caller(citizen, site) -> Booker:
    """Somebody with an office that rings and meets one person each half hour."""
    publish(site, Purpose.CALLBACK)
    publish(site, Purpose.MEETING)
    return Booker(citizen, "callback")


def case_of(booker: Booker, receipt: Page) -> Page:
    """Open the case with the code on the receipt."""
    return page(booker.citizen.open(code_on(receipt), "en"))


def booked_case(booker: Booker, **values: str) -> Page:
    """Book a time and open the case."""
    return case_of(booker, booker.book(**values))


def press(booker: Booker, shown: Page, button: str, form: str = BOX, **values: str) -> Page:
    """Press a button of one form of a page."""
    found = shown.form(form).fill(**values)
    return page(found.submit(booker.citizen.client, button))


def test_the_case_says_when_we_ring(caller):
    assert "We will ring you between 10:30 and 11:00 today." in booked_case(caller).text


def test_who_needs_help_sooner_than_the_booked_time_is_told_by_when(caller, clock):
    later = slots_on(caller.open())[-1]
    receipt = caller.book(slot=later)
    shown = press(caller, case_of(caller, receipt), "add", MAIN, acute="no_food_today")
    assert "Somebody will contact you before 11:30 today." in shown.text
    assert "We will ring you between" in shown.text
    clock.advance(hours=3)
    assert "We should have contacted you" in case_of(caller, receipt).text


@pytest.mark.parametrize("wishes", [{"reach": "visit"}, {"reach": "helper"}])
def test_who_asks_not_to_be_rung_has_no_call_booked_any_more(caller, wishes):
    asked = press(caller, booked_case(caller), "contact", MAIN)
    shown = press(caller, asked, "save-contact", "form", **wishes)
    assert caller.bookings()[0].state is BookingState.CANCELLED
    assert "The time was cancelled." in shown.text
    assert "We will ring you" not in shown.text


def test_other_wishes_leave_the_booked_call(caller):
    asked = press(caller, booked_case(caller), "contact", MAIN)
    press(caller, asked, "save-contact", "form", when="morning", phone="41 00 00 00")
    assert caller.bookings()[0].state is BookingState.BOOKED


def test_a_time_lost_with_a_withdrawal_has_a_line(caller):
    asked = press(caller, booked_case(caller), "withdraw", MAIN)
    withdrawn = press(caller, asked, "withdraw-now", "form")
    again = press(caller, withdrawn, "undo", "form")
    assert "The time was cancelled." in again.text
    assert caller.citizen.kinds()[-3:] == ["withdrawn", "booking_cancelled", "withdrawal_undone"]


def test_the_receipt_opens_the_case_without_the_code(caller):
    form = caller.book().form('form[action$="/case"]')
    assert "A time was booked." in page(form.submit(caller.citizen.client, "show")).text


def test_a_time_is_moved(caller):
    shown = press(caller, booked_case(caller), "move")
    assert slots_on(shown)[0] != str(caller.bookings()[0].id)
    moved = press(caller, shown, "choose", "form", slot=slots_on(shown)[1])
    assert "Your time is moved." in moved.text
    assert "We will ring you between 11:30 and 12:00 today." in moved.text
    assert [one.sequence for one in caller.bookings()] == [1]


def test_moving_to_a_time_somebody_just_took_offers_the_nearest(caller):
    shown = press(caller, booked_case(caller), "move")
    wanted = slots_on(shown)[1]
    other = caller.fill(phone="41 00 00 00", slot=wanted)
    caller.send(other)
    refused = shown.form("form").fill(slot=wanted).submit(caller.citizen.client, "choose")
    assert refused.status_code == 422
    assert "Somebody took this time just now." in page(refused).errors["slot"]
    assert len(slots_on(page(refused))) == 6


def test_nothing_is_moved_by_pressing_without_choosing(caller):
    shown = press(caller, booked_case(caller), "move")
    assert shown.form("form").values["slot"] == [""]
    assert press(caller, shown, "choose", "form").errors == {"slot": "Choose a time"}


def test_later_days_are_a_button_away(caller):
    shown = press(caller, booked_case(caller), "move")
    later = press(caller, shown, "later", "form")
    assert not set(days_on(shown)) & set(days_on(later))
    first = press(caller, later, "times", "form")
    assert days_on(first) == days_on(shown)


def test_giving_a_time_up_asks_first(caller):
    asked = press(caller, booked_case(caller), "cannot")
    assert [one.state for one in caller.bookings()] == [BookingState.BOOKED]
    kept = press(caller, asked, "show", "form")
    assert "We will ring you between 10:30" in kept.text


def test_cancelled_is_not_closed(caller, citizen):
    asked = press(caller, booked_case(caller), "cannot")
    gone = press(caller, asked, "cancel-time", "form")
    assert "Your time is cancelled. Your case is still open." in gone.text
    assert citizen.cases()[0].status is CaseStatus.WAITING
    assert "The time was cancelled." in gone.text


def test_who_cannot_make_it_is_contacted_all_the_same(caller, citizen):
    asked = press(caller, booked_case(caller), "cannot")
    gone = press(caller, asked, "prevented", "form")
    assert "We will contact you all the same." in gone.text
    assert "Somebody will contact you before" in gone.text
    assert citizen.cases()[0].status is CaseStatus.WAITING


def test_pressed_twice_it_is_cancelled_once(caller):
    form = press(caller, booked_case(caller), "cannot").form("form")
    for _ in range(2):
        page(form.submit(caller.citizen.client, "cancel-time"))
    assert [one.sequence for one in caller.bookings()] == [1]


def test_a_case_gets_a_time(caller, citizen):
    shown = page(citizen.open(citizen.code(QUIET), "en"))
    times = press(caller, shown, "book-callback", MAIN)
    booked = press(caller, times, "choose", "form", slot=slots_on(times)[0])
    assert "Your time is booked" in booked.text
    assert not booked.all('button[value="book-callback"]')


def test_a_case_gets_a_call_today(caller, citizen):
    shown = page(citizen.open(citizen.code(QUIET), "en"))
    times = press(caller, shown, "book-callback", MAIN)
    booked = press(caller, times, "choose", "form")
    assert "Somebody will contact you before 15:00 today." in booked.text
    assert caller.bookings() == []


def test_a_case_gets_a_meeting_in_the_way_one_wants(caller, citizen):
    shown = page(citizen.open(citizen.code(QUIET), "en"))
    times = press(caller, shown, "book-meeting", MAIN)
    wanted = {"slot": slots_on(times)[0], "way": "phone", "interpreter": "yes"}
    booked = press(caller, times, "choose", "form", **wanted)
    assert "We will ring you at 10:30 today." in booked.text
    assert caller.bookings()[0].with_interpreter


def test_nobody_is_rung_who_has_no_number(caller, citizen):
    code = citizen.code(QUIET | {"phone": ""})
    times = press(caller, page(citizen.open(code, "en")), "book-callback", MAIN)
    refused = press(caller, times, "choose", "form", slot=slots_on(times)[0])
    assert "We are not allowed to ring you yet." in refused.errors["slot"]
    assert caller.bookings() == []


def test_a_missed_meeting_is_told_kindly(caller, clock, site):
    code = code_on(Booker(caller.citizen, "appointment").book())
    clock.advance(hours=3)
    with site.database.unit_of_work() as session:
        service.mark_no_show(session, caller.bookings()[0].id, now=clock())
    shown = page(caller.citizen.open(code, "en"))
    assert "We did not meet. Your case is still open." in shown.text
    assert shown.all('button[value="book-meeting"]')


def test_a_call_is_not_booked_to_somebody_elses_number(citizen, caller, site, clock):
    code = citizen.code(QUIET)
    ring_in_vain(citizen, site, clock, ContactOutcome.WRONG_NUMBER)
    times = press(caller, page(citizen.open(code, "en")), "book-callback", MAIN)
    refused = press(caller, times, "choose", "form", slot=slots_on(times)[0])
    assert "We are not allowed to ring you yet." in refused.errors["slot"]
    assert caller.bookings() == []


def ring_in_vain(citizen, site, clock, outcome=ContactOutcome.NO_ANSWER) -> None:
    """Let the office log that nobody answered, or worse."""
    case = citizen.cases()[0]
    with site.database.unit_of_work() as session:
        who = add_staff(session, f"Anne {case.version}", case.office_id, now=clock())
        turn = Turn(who, case.number, case.version, submission(site.keyring))
        handling.log_contact(session, turn, outcome, None, keyring=site.keyring, now=clock())


def test_a_missed_call_is_told_with_the_next_try(citizen, site, clock):
    code = citizen.code(QUIET)
    ring_in_vain(citizen, site, clock)
    shown = page(citizen.open(code, "en"))
    assert "We tried to reach you. Nobody answered." in shown.text
    assert "We will ring you between" in shown.text


def test_a_promise_is_not_repeated_when_the_next_try_comes_after_it(caller, citizen, site, clock):
    code = code_on(caller.book(slot="any_today"))
    ring_in_vain(citizen, site, clock)
    assert "Somebody will contact you before" in page(citizen.open(code, "en")).text
    clock.advance(hours=4)
    ring_in_vain(citizen, site, clock)
    shown = page(citizen.open(code, "en"))
    assert "tomorrow" in shown.one(".box .big").text
    assert "Somebody will contact you before" not in shown.text
    clock.advance(hours=3)
    assert "We are sorry." in page(citizen.open(code, "en")).one(".box.note > .big").text


def test_when_ringing_is_given_up_no_other_call_is_promised(citizen, site, clock):
    code = citizen.code(QUIET)
    for _ in range(3):
        ring_in_vain(citizen, site, clock)
        clock.advance(days=1)
    shown = page(citizen.open(code, "en"))
    assert "We will reach you in another way." in shown.one(".box.good").text
    assert "We will try again." not in shown.text


def test_who_takes_a_request_back_sees_the_time_that_goes_with_it(caller):
    asked = press(caller, booked_case(caller), "withdraw", MAIN)
    assert "We will ring you between 10:30 and 11:00 today." in asked.text


def test_what_was_being_written_goes_along(caller, citizen):
    shown = page(citizen.open(citizen.code(QUIET), "en"))
    times = press(caller, shown, "book-callback", MAIN, message="Hei", acute="no_food_today")
    booked = press(caller, times, "choose", "form", slot=slots_on(times)[0])
    assert booked.form(MAIN).values["message"] == ["Hei"]
    assert booked.form(MAIN).values["acute"] == ["no_food_today"]


@pytest.mark.parametrize("button", ["move", "cannot"])
def test_another_language_keeps_the_page(caller, button):
    shown = press(caller, booked_case(caller), button)
    form = shown.form("form").fill(to="ar")
    arabic = page(form.submit(caller.citizen.client, "language"), lang="ar")
    assert bool(slots_on(arabic)) is (button == "move")
    assert arabic.form("form").values["purpose"] == ["callback"]


def test_a_page_left_open_too_long_asks_for_the_code(caller, clock):
    form = booked_case(caller).form(BOX)
    clock.advance(minutes=31)
    refused = form.submit(caller.citizen.client, "cannot")
    assert refused.status_code == 422
    assert "Write the code once more" in page(refused).text


def calendar_of(booker: Booker, shown: Page, form: str = BOX) -> bytes:
    """Fetch the calendar file."""
    answer = shown.form(form).submit(booker.citizen.client, "calendar")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def test_the_calendar_file_is_read_by_two_libraries(caller):
    data = calendar_of(caller, booked_case(caller))
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    booked = caller.bookings()[0]
    assert event["DTSTART"].dt == booked.starts_utc
    assert vobject.readOne(data.decode()).vevent.dtend.value == booked.ends_utc
    assert event["SUMMARY"] == "Phone call"


def test_a_moved_and_a_cancelled_time_replace_the_first(caller):
    shown = booked_case(caller)
    first = calendar_of(caller, shown)
    times = press(caller, shown, "move")
    moved = press(caller, times, "choose", "form", slot=slots_on(times)[1])
    second = calendar_of(caller, moved)
    gone = press(caller, press(caller, moved, "cannot"), "cancel-time", "form")
    third = calendar_of(caller, gone, "form:has([name=uid])")
    files = [vobject.readOne(data.decode()) for data in (first, second, third)]
    assert len({one.vevent.uid.value for one in files}) == 1
    assert [one.vevent.sequence.value for one in files] == ["0", "1", "2"]
    assert [one.method.value for one in files] == ["PUBLISH", "PUBLISH", "CANCEL"]


def test_the_calendar_names_the_office_only_with_leave(caller):
    visitor = Booker(caller.citizen, "appointment")
    silent = calendar_of(visitor, visitor.book(), 'form[action$="/case"]')
    told = visitor.book(say_who="yes", phone="41 00 00 00")
    open_ = calendar_of(visitor, told, 'form[action$="/case"]')
    assert b"LOCATION" not in silent
    assert b"Eikevik" not in silent
    assert b"\r\nLOCATION:Nav Eikevik\r\n" in open_


def test_somebody_elses_time_is_not_given(caller):
    booked_case(caller)
    other = booked_case(caller, phone="41 00 00 00").form(BOX)
    other.values["uid"] = [caller.bookings()[0].uid]
    answer = other.submit(caller.citizen.client, "calendar")
    assert answer.mimetype == "text/html"


def test_the_case_number_is_in_no_address(caller, citizen):
    shown = booked_case(caller)
    number = citizen.cases()[0].number
    links = [*shown.links.values(), *(form["action"] for form in shown.all("form"))]
    assert not any(number in link or "=" in link for link in links)


def test_a_withdrawn_case_gives_nothing(caller, citizen):
    shown = booked_case(caller)
    asked = press(caller, shown, "withdraw", MAIN)
    press(caller, asked, "withdraw-now", "form")
    with citizen.database.read_session() as session:
        assert session.scalar(select(Case.status)) is CaseStatus.WITHDRAWN
    assert shown.form(BOX).submit(citizen.client, "calendar").status_code == 422
