"""A case and a time in one transaction: events, promises, messages, and once only."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from nav_access.appointments import service
from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.appointments.models import Booking
from nav_access.callbacks.queries import find_plan
from nav_access.core.clock import OSLO
from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.booking import service as bookings
from nav_access.intake.booking.service import AlreadyBooked, BookingChoice, NotOffered, SlotTaken
from nav_access.intake.codes import (
    AcuteStatement,
    CaseStatus,
    CloseReason,
    ContactOutcome,
    EventKind,
    Need,
    Reach,
)
from nav_access.intake.errors import TimeStands
from nav_access.messaging.codes import MessageKind
from tests.desk_factory import submission
from tests.rooms.appointments.citizen import BY_SMS, LETTER, Citizen

CALLBACK, MEETING = Purpose.CALLBACK, Purpose.MEETING


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


@pytest.fixture
def citizen(diary):
    diary.publish()
    return Citizen(diary)


def free_at(citizen, day, hour, minute=0, kind=BookingKind.CALLBACK):
    times = citizen.diary.free(kind)
    return next(one for one in times if one.starts_utc == local(day, hour, minute))


def test_a_request_comes_with_its_time(citizen):
    chosen = free_at(citizen, 25, 10)
    booked = citizen.ask(chosen.slot_id)
    assert booked.booking.starts_utc == chosen.starts_utc
    assert booked.receipt.promise.deadline_utc == chosen.ends_utc
    case = citizen.case(booked.receipt.number)
    assert (case.deadline_utc, case.office_id) == (chosen.ends_utc, citizen.diary.office_id)
    kinds = [kind for kind, _ in citizen.events()]
    assert kinds == [EventKind.RECEIVED, EventKind.BOOKED]


def test_the_person_is_rung_at_the_booked_time(citizen):
    chosen = free_at(citizen, 25, 10)
    number = citizen.ask(chosen.slot_id).receipt.number
    with citizen.diary.database.read_session() as session:
        plan = find_plan(session, citizen.case(number).id)
    assert (plan.from_utc, plan.until_utc, plan.is_booked) == (
        chosen.starts_utc,
        chosen.ends_utc,
        True,
    )


def test_one_message_confirms_and_two_remind(citizen):
    citizen.ask(free_at(citizen, 25, 11, 30).slot_id)
    assert citizen.messages() == [
        (MessageKind.BOOKED, citizen.diary.now),
        (MessageKind.REMINDER_DAY_BEFORE, local(24, 16)),
        (MessageKind.REMINDER_SAME_DAY, local(25, 8)),
    ]


def test_the_same_form_again_shows_the_same_receipt_and_time(citizen):
    chosen, form = citizen.diary.free()[0], submission(citizen.keyring)
    first = citizen.ask(chosen.slot_id, form=form)
    again = citizen.ask(chosen.slot_id, form=form)
    assert again.booking == first.booking
    assert again.receipt.number == first.receipt.number
    assert again.receipt.promise.deadline_utc == first.receipt.promise.deadline_utc
    assert len(citizen.events()) == 2


def test_who_comes_too_late_leaves_no_case(citizen):
    chosen = citizen.diary.free()[0]
    citizen.ask(chosen.slot_id)
    other = replace(LETTER, wishes=replace(BY_SMS, name="Ola"))
    with pytest.raises(SlotTaken):
        citizen.ask(chosen.slot_id, other)
    assert len(citizen.events()) == 2


def test_the_office_is_the_one_the_time_belongs_to(citizen):
    chosen, form = citizen.diary.free()[0], submission(citizen.keyring)
    elsewhere = replace(LETTER, office="nav-granvik")
    booked = citizen.do(
        bookings.receive_booking,
        elsewhere,
        BookingChoice(BookingKind.CALLBACK, chosen.slot_id),
        form,
    )
    assert booked.receipt.office_id == booked.booking.office_id == citizen.diary.office_id


def test_an_acute_request_is_not_put_off_by_a_later_time(citizen):
    acute = replace(LETTER, acute=frozenset({AcuteStatement.NO_FOOD_TODAY}))
    booked = citizen.ask(free_at(citizen, 25, 10).slot_id, acute)
    assert booked.receipt.promise.deadline_utc == local(23, 11, 30)


@pytest.mark.parametrize(("need", "promised"), [(Need.FOOD, (24, 15)), (Need.LETTER, (26, 10, 30))])
def test_a_pressing_need_does_not_wait_for_a_meeting(citizen, need, promised):
    citizen.diary.publish(MEETING)
    chosen = free_at(citizen, 26, 10, kind=BookingKind.OFFICE)
    application = replace(LETTER, needs=frozenset({need}))
    booked = citizen.ask(chosen.slot_id, application, BookingKind.OFFICE)
    assert booked.receipt.promise.deadline_utc == local(*promised)


def test_any_time_today_is_promised_before_the_day_is_over(citizen):
    booked = citizen.ask(None)
    assert booked.booking is None
    assert booked.receipt.promise.deadline_utc == local(23, 15)
    assert citizen.messages() == [(MessageKind.RECEIVED, citizen.diary.now)]
    with pytest.raises(NotOffered):
        citizen.ask(None, kind=BookingKind.OFFICE)


def test_one_person_has_one_call_booked_whatever_the_form(citizen):
    citizen.ask(citizen.diary.free()[0].slot_id)
    with pytest.raises(AlreadyBooked) as fact:
        citizen.ask(citizen.diary.free()[0].slot_id)
    assert fact.value.starts_utc is None
    assert len(citizen.events()) == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(BY_SMS, name="Ola Nordmann"),
        replace(BY_SMS, phone="+4792345678"),
        ContactWishes(reach=Reach.HELPER, phone="+4791234567"),
    ],
)
def test_a_shared_phone_does_not_shut_another_person_out(citizen, other):
    citizen.ask(citizen.diary.free()[0].slot_id)
    assert citizen.ask(citizen.diary.free()[0].slot_id, replace(LETTER, wishes=other)).booking


@pytest.mark.parametrize("name", ["KARI ÅS", "Kari  Aas", "kari as"])
def test_a_name_written_otherwise_is_the_same_person(citizen, name):
    citizen.ask(citizen.diary.free()[0].slot_id)
    with pytest.raises(AlreadyBooked):
        citizen.ask(
            citizen.diary.free()[0].slot_id, replace(LETTER, wishes=replace(BY_SMS, name=name))
        )


def test_a_time_is_booked_for_a_case_once_for_one_form(citizen):
    number, form = citizen.diary.desk.receive().number, submission(citizen.keyring)
    chosen = free_at(citizen, 24, 10)
    first = citizen.book(number, chosen.slot_id, form=form)
    assert citizen.book(number, chosen.slot_id, form=form) == first
    with pytest.raises(AlreadyBooked) as fact:
        citizen.book(number, free_at(citizen, 24, 9).slot_id)
    assert fact.value.starts_utc == chosen.starts_utc


def test_a_case_books_at_its_own_office_only(citizen):
    elsewhere = citizen.diary.desk.receive(office="nav-granvik").number
    with pytest.raises(NotOffered):
        citizen.book(elsewhere, citizen.diary.free()[0].slot_id)


def test_moving_moves_promise_plan_and_reminders(citizen):
    number = citizen.ask(free_at(citizen, 25, 10).slot_id).receipt.number
    chosen, form = free_at(citizen, 26, 11), submission(citizen.keyring)
    moved = citizen.move(number, chosen.slot_id, form=form)
    assert citizen.move(number, chosen.slot_id, form=form) == moved
    assert citizen.case(number).deadline_utc == moved.ends_utc == chosen.ends_utc
    assert [kind for kind, _ in citizen.events()][-1] is EventKind.BOOKING_MOVED
    assert citizen.messages()[1:] == [
        (MessageKind.REMINDER_DAY_BEFORE, local(25, 16)),
        (MessageKind.REMINDER_SAME_DAY, local(26, 8)),
    ]


def test_who_moves_a_time_the_office_booked_takes_a_seat_of_everybodys(citizen):
    number = citizen.ask(free_at(citizen, 25, 10).slot_id).receipt.number
    with citizen.diary.database.unit_of_work() as session:
        session.execute(update(Booking).values(is_internal=True))
    chosen = free_at(citizen, 26, 11)
    assert citizen.move(number, chosen.slot_id).starts_utc == chosen.starts_utc


def test_a_case_stays_open_while_somebody_is_expected(citizen):
    desk, number = citizen.diary.desk, citizen.ask(free_at(citizen, 25, 10).slot_id).receipt.number
    with pytest.raises(TimeStands):
        desk.do(handling.close_case, desk.turn(number, 2), CloseReason.DUPLICATE, None)
    citizen.cancel(number)
    desk.do(handling.close_case, desk.turn(number, 3), CloseReason.DUPLICATE, None)
    assert citizen.case(number).status is CaseStatus.CLOSED


def test_who_cannot_make_it_goes_on_waiting_from_now(citizen):
    number = citizen.ask(free_at(citizen, 27, 10).slot_id).receipt.number
    form = submission(citizen.keyring)
    gone = citizen.cancel(number, form=form)
    assert citizen.cancel(number, form=form) == gone
    case = citizen.case(number)
    assert (case.status, case.deadline_utc) == (CaseStatus.WAITING, local(26, 15))
    assert [kind for kind, _ in citizen.messages()] == [MessageKind.CANCELLED]


def test_reminders_of_the_other_booking_stay(citizen):
    citizen.diary.publish(MEETING)
    number = citizen.ask(free_at(citizen, 25, 10).slot_id).receipt.number
    citizen.book(
        number, free_at(citizen, 26, 10, kind=BookingKind.OFFICE).slot_id, BookingKind.OFFICE
    )
    citizen.cancel(number)
    due = [when for kind, when in citizen.messages() if kind is MessageKind.REMINDER_DAY_BEFORE]
    assert due == [local(25, 16)]


def test_taking_the_request_back_frees_the_time(citizen):
    number = citizen.ask(citizen.diary.free()[0].slot_id).receipt.number
    citizen.do(person.withdraw, number)
    assert citizen.messages() == []
    with citizen.diary.database.read_session() as session:
        assert session.scalars(select(Booking.state)).one() is BookingState.CANCELLED
    later = citizen.diary.now + timedelta(hours=1)
    assert citizen.diary.do(service.release_cooled, later) == 1


@pytest.mark.parametrize(
    ("minutes", "outcome", "state"),
    [
        (-20, ContactOutcome.ANSWERED, BookingState.KEPT),
        (5, ContactOutcome.ANSWERED, BookingState.KEPT),
        (40, ContactOutcome.ANSWERED, BookingState.KEPT),
        (5, ContactOutcome.NO_ANSWER, BookingState.NO_SHOW),
        (-5, ContactOutcome.NO_ANSWER, BookingState.BOOKED),
        (-90, ContactOutcome.ANSWERED, BookingState.BOOKED),
    ],
)
def test_a_call_that_was_logged_settles_the_booked_one(citizen, minutes, outcome, state):
    chosen = free_at(citizen, 24, 11)
    number = citizen.ask(chosen.slot_id).receipt.number
    desk = citizen.diary.desk
    desk.now = chosen.starts_utc + timedelta(minutes=minutes)
    desk.do(handling.log_contact, desk.turn(number, seen=2), outcome, None)
    with citizen.diary.database.read_session() as session:
        assert session.scalars(select(Booking.state)).one() is state


def test_another_office_means_no_meeting_at_the_first_one(citizen):
    citizen.diary.publish(MEETING)
    meeting = free_at(citizen, 26, 10, kind=BookingKind.OFFICE)
    number = citizen.ask(meeting.slot_id, kind=BookingKind.OFFICE).receipt.number
    citizen.book(number, free_at(citizen, 25, 10).slot_id)
    citizen.do(person.choose_office, number, "nav-granvik")
    with citizen.diary.database.read_session() as session:
        standing = session.query(Booking.purpose).filter_by(state=BookingState.BOOKED)
        assert standing.all() == [(CALLBACK,)]
    assert MessageKind.CANCELLED in [kind for kind, _ in citizen.messages()]
