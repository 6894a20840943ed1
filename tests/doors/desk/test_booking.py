"""Times of a case and the diary: book, move, cancel, who came and who did not."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Booking, Slot
from nav_access.appointments.service import make_slots
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.messaging.models import OutboxMessage
from tests.capacity import add_rule, add_terms
from tests.page import page


@pytest.fixture
def number(desk):
    with desk.database.unit_of_work() as session:
        for purpose in Purpose:
            add_terms(session, desk.office_id, purpose)
            for weekday in range(5):
                add_rule(session, desk.office_id, purpose, weekday, internal_seats=1)
        session.flush()
        make_slots(session, now=desk.now)
    return desk.receive().number


@pytest.fixture
def address(number):
    return f"/desk/cases/{number}/booking"


def test_a_button_says_that_the_person_is_told_only_where_a_message_goes(desk, browser, number):
    for reach, words in ((Reach.CALL, "their own page only"), (Reach.SMS, "The person is told")):
        with desk.database.unit_of_work() as session:
            session.execute(update(Reaching).values(reach=reach))
        address = f"/desk/cases/{number}/booking"
        if reach is Reach.CALL:
            book(browser, address)
        assert words in page(browser.get(address), lang="en").text


def test_the_queue_says_that_a_meeting_is_agreed(browser, address):
    book(browser, address)
    assert "A meeting is agreed: " in page(browser.get("/desk/"), lang="en").text


def form(shown, act):
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def book(browser, address, query="?kind=office", choice=0):
    filled = form(page(browser.get(address + query)), "book")
    return filled.fill(slot=sorted(filled.choices("slot"), key=int)[choice]).submit(browser)


def test_a_case_is_not_closed_while_somebody_is_expected(desk, browser, number, address):
    book(browser, address)
    closing = form(page(browser.get(f"/desk/cases/{number}")), "close").fill(
        close_reason="duplicate"
    )
    refused = closing.submit(browser)
    assert refused.status_code == 422
    assert "A time is booked." in page(refused, lang="en").errors["close_reason"]
    assert "closed" not in kinds(desk)


def only_booking(desk):
    with desk.database.read_session() as session:
        return session.scalars(select(Booking)).one()


def case_of(desk):
    with desk.database.read_session() as session:
        return session.scalars(select(Case)).one()


def kinds(desk):
    with desk.database.read_session() as session:
        return [str(one) for one in session.scalars(select(CaseEvent.kind).order_by(CaseEvent.seq))]


@pytest.mark.parametrize("kind", ["callback", "office", "phone"])
def test_a_time_is_booked_on_the_offices_own_seat(desk, browser, address, kind):
    assert book(browser, address, f"?kind={kind}").location == address
    assert "Nothing is booked now" not in page(browser.get(address)).text
    booking = only_booking(desk)
    assert (booking.kind, booking.is_internal) == (kind, True)
    assert kinds(desk) == ["received", "booked"]


def test_who_has_a_meeting_is_not_rung_as_soon_as_possible(browser, address, number):
    calling = f"/desk/cases/{number}/call"
    assert "Ring as soon as you can." in page(browser.get(calling), lang="en").text
    book(browser, address)
    shown = page(browser.get(calling), lang="en")
    assert "Meeting at the office: from" in shown.one("main .box .big").text
    assert "Ring as soon as you can." not in shown.text


def test_without_own_seats_left_a_public_one_is_taken(desk, browser, address):
    book(browser, address, choice=9)
    other = desk.receive(wishes=ContactWishes(phone="+4790000000")).number
    book(browser, f"/desk/cases/{other}/booking", choice=9)
    with desk.database.read_session() as session:
        found = session.execute(select(Booking.starts_utc, Booking.is_internal)).all()
    assert len({starts for starts, _ in found}) == 1
    assert sorted(is_internal for _, is_internal in found) == [False, True]


def test_a_full_time_is_not_booked_and_others_are_shown(desk, browser, address):
    filled = form(page(browser.get(address + "?kind=office")), "book")
    slot = min(filled.choices("slot"), key=int)
    with desk.database.unit_of_work() as session:
        taken = session.get_one(Slot, int(slot))
        taken.public_taken = taken.internal_taken = 1
    answer = filled.fill(slot=slot).submit(browser)
    assert answer.status_code == 409
    assert "just taken this time" in page(answer).text


def test_nothing_chosen_is_asked_for(browser, address):
    shown = page(form(page(browser.get(address)), "book").submit(browser))
    assert "Choose a time" in shown.errors["slot"]


def test_moving_tells_the_person_nothing_twice(desk, browser, address):
    book(browser, address)
    before = only_booking(desk)
    moving = form(page(browser.get(address + "?move=meeting")), "move")
    later = max(moving.choices("slot"), key=int)
    assert moving.fill(slot=later).submit(browser).status_code == 303
    moving.submit(browser)
    moved = only_booking(desk)
    assert (moved.uid, moved.sequence) == (before.uid, 1)
    assert moved.starts_utc > before.starts_utc
    assert kinds(desk) == ["received", "booked", "booking_moved"]


def test_cancelled_by_the_office_is_told_and_waits_anew(desk, browser, address):
    book(browser, address)
    form(page(browser.get(address)), "cancel").submit(browser)
    assert (only_booking(desk).state, case_of(desk).status) == ("cancelled", "waiting")
    assert kinds(desk)[-1] == "booking_cancelled"


@pytest.mark.usefixtures("number")
def test_the_person_is_told_by_the_way_they_chose(desk, browser):
    wishes = ContactWishes(phone="+4790000000", reach=Reach.SMS)
    theirs = f"/desk/cases/{desk.receive(wishes=wishes).number}/booking"
    book(browser, theirs)
    form(page(browser.get(theirs)), "cancel").submit(browser)
    with desk.database.read_session() as session:
        told = set(session.scalars(select(OutboxMessage.kind)))
    assert {"booked", "cancelled"} <= told


def at_the_meeting(desk, browser, address):
    book(browser, address)
    desk.clock.set(only_booking(desk).starts_utc + timedelta(minutes=5))
    return desk.at_work("Pål")


def test_kept_is_an_answer(desk, browser, address):
    later = at_the_meeting(desk, browser, address)
    done = form(page(later.get("/desk/diary")), "kept").submit(later)
    assert done.location.startswith("/desk/diary?day=")
    assert (only_booking(desk).state, case_of(desk).status) == ("kept", "answered")
    assert "Took place." in page(later.get(done.location)).text


def test_a_no_show_is_a_state_and_the_person_waits_on(desk, browser, address):
    later = at_the_meeting(desk, browser, address)
    form(page(later.get(address)), "no_show").submit(later)
    case = case_of(desk)
    assert (only_booking(desk).state, case.status) == ("no_show", "waiting")
    assert case.deadline_utc > desk.clock()
    assert kinds(desk)[-1] == "no_show"
    assert "The person did not come" in page(later.get(address)).text


def test_nobody_is_marked_before_it_began(desk, browser, address):
    book(browser, address)
    shown = page(browser.get(address))
    assert not shown.all('input[value="kept"]')
    bold = form(shown, "cancel")
    bold.values |= {"do": ["no_show"], "uid": [only_booking(desk).uid]}
    assert "has not begun" in page(bold.submit(browser)).text
    assert only_booking(desk).state == "booked"


def test_anothers_meeting_is_not_settled(desk, browser, address):
    later = at_the_meeting(desk, browser, address)
    other = form(page(later.get(f"/desk/cases/{desk.receive().number}/booking")), "book")
    other.values |= {"do": ["kept"], "uid": [only_booking(desk).uid]}
    assert "no such time" in page(other.submit(later)).text
    assert only_booking(desk).state == "booked"


def test_the_diary_goes_from_day_to_day(browser, address):
    book(browser, address)
    today = page(browser.get("/desk/diary"), lang="en")
    tomorrow = page(today.follow(browser, "The day after"))
    assert "Diary for" in tomorrow.heading
    assert page(tomorrow.follow(browser, "Today")).text == today.text


def test_the_diary_has_no_names(browser, address):
    book(browser, address)
    assert "Kari" not in browser.get("/desk/diary").text


@pytest.mark.parametrize("day", ["x", "1.1.1999", "9999-12-31", "31.2"])
def test_a_day_nobody_writes_in_is_not_there(browser, day):
    assert browser.get(f"/desk/diary?day={day}").status_code == 404


def test_anothers_diary_is_not_there(browser):
    assert browser.get("/desk/diary?office=nav-granvik").status_code == 404
