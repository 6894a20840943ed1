"""Checking in: by time and case number, at the right office on the right day."""

from datetime import time, timedelta
from secrets import token_bytes

import pytest
from sqlalchemy import select

from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.appointments.models import Booking
from nav_access.core.clock import to_oslo
from nav_access.intake.models import Case
from nav_access.kiosk import arriving
from nav_access.kiosk.codes import TicketState
from nav_access.kiosk.errors import NotExpected
from tests.rooms.kiosk.test_tickets import together

HALF_PAST_TEN = time(10, 30)


def book(reception, number, **changes):
    at = reception.now + timedelta(hours=1)
    values = {
        "uid": token_bytes(8).hex(),
        "office_id": reception.desk.office_id,
        "purpose": Purpose.MEETING,
        "kind": BookingKind.OFFICE,
        "state": BookingState.BOOKED,
        "starts_utc": at,
        "ends_utc": at + timedelta(minutes=30),
        "created_utc": reception.now,
        "changed_utc": reception.now,
    }
    with reception.database.unit_of_work() as session:
        case_id = session.scalars(select(Case.id).where(Case.number == number)).one()
        session.add(Booking(case_id=case_id, **(values | changes)))


@pytest.fixture
def check_in(reception, keyring):
    at = reception.find(reception.register(reception.add_terminal()).secret)

    def act(number, starts=HALF_PAST_TEN):
        with reception.database.unit_of_work() as session:
            return arriving.check_in(
                session,
                at,
                number,
                starts,
                once=token_bytes(16),
                keyring=keyring,
                now=reception.now,
            )

    return act


def test_who_is_expected_gets_one_ticket(reception, check_in):
    number = reception.desk.receive().number
    book(reception, number)
    assert check_in(number) == check_in(number)
    with reception.database.read_session() as session:
        begins = arriving.list_arrived(session, [check_in(number)])
    assert list(begins.values()) == [reception.now + timedelta(hours=1)]


def test_two_check_ins_in_one_instant_are_one_ticket(reception, check_in):
    number = reception.desk.receive().number
    book(reception, number)
    assert len(set(together(6, lambda _: check_in(number)))) == 1
    assert reception.count() == 1


@pytest.mark.parametrize("ended", [TicketState.GONE, TicketState.DONE])
def test_who_comes_back_gets_a_number_that_will_be_called(reception, check_in, ended):
    number = reception.desk.receive().number
    book(reception, number)
    first = check_in(number)
    reception.move(first, 1, TicketState.CALLED, place=1)
    reception.move(first, 2, ended)
    again = check_in(number)
    assert (again == first, again == check_in(number)) == (False, True)
    assert reception.see(again).state is TicketState.WAITING


def test_an_appointment_moved_to_another_day_needs_another_check_in(reception, check_in):
    number = reception.desk.receive().number
    book(reception, number)
    first = check_in(number)
    with reception.database.unit_of_work() as session:
        booking = session.scalars(select(Booking)).one()
        booking.starts_utc += timedelta(days=1)
    reception.now += timedelta(days=1)
    assert come(reception) == {}
    assert check_in(number) != first
    assert [(one.number, one.is_here) for one in come(reception).values()] == [(1, True)]


def test_who_has_left_is_not_here(reception, check_in):
    number = reception.desk.receive().number
    book(reception, number)
    reception.move(check_in(number), 1, TicketState.GONE)
    assert [one.is_here for one in come(reception).values()] == [False]


def come(reception):
    """Return who has come today."""
    with reception.database.read_session() as session:
        return arriving.list_come(
            session, list(session.scalars(select(Booking.id))), to_oslo(reception.now).date()
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"state": BookingState.CANCELLED},
        {"kind": BookingKind.PHONE},
        {"days": 1},
        {"is_elsewhere": True},
    ],
)
def test_who_is_not_expected_is_not_told_why(reception, check_in, changes):
    number = reception.desk.receive().number
    # A copy: the next database's run is given the same.
    changes = dict(changes)
    days, is_elsewhere = changes.pop("days", 0), changes.pop("is_elsewhere", False)
    at = reception.now + timedelta(hours=1, days=days)
    office = {"office_id": reception.desk.other_id} if is_elsewhere else {}
    book(reception, number, starts_utc=at, **(office | changes))
    with pytest.raises(NotExpected):
        check_in(number)


def test_another_time_or_number_is_not_expected(reception, check_in):
    number = reception.desk.receive().number
    book(reception, number)
    for typed in ((number, time(10, 0)), (reception.desk.receive().number, HALF_PAST_TEN)):
        with pytest.raises(NotExpected):
            check_in(*typed)
