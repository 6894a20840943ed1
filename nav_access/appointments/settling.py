"""What became of bookings: kept, missed, or gone by without anybody saying."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingState, Purpose
from nav_access.appointments.errors import NotBooked, TooEarly
from nav_access.appointments.models import Booking
from nav_access.appointments.queries import BookedTime, booked_time
from nav_access.appointments.seats import count_changed

EARLY = timedelta(minutes=30)
"""Who is reached this long before a booked call has had it."""

LATE = timedelta(hours=12)
"""How long after its end a booked call can still be made."""


def mark_kept(session: Session, booking_id: int, *, now: datetime) -> BookedTime:
    """Note that the meeting or call took place; raises NotBooked when it was cancelled."""
    return _settle(session, booking_id, BookingState.KEPT, now)


def mark_no_show(session: Session, booking_id: int, *, now: datetime) -> BookedTime:
    """Note that nobody came or answered; raises TooEarly before it began, NotBooked."""
    booking = get_booking(session, booking_id)
    if booking.starts_utc > now:
        raise TooEarly
    return _settle(session, booking_id, BookingState.NO_SHOW, now)


def settle_call(session: Session, case_id: int, *, is_answered: bool, now: datetime) -> None:
    """Note how the booked call went that was made now; a call at another time settles nothing."""
    statement = (
        select(Booking.id)
        .where(Booking.case_id == case_id, Booking.purpose == Purpose.CALLBACK)
        .where(Booking.state.in_({BookingState.BOOKED, BookingState.PASSED, BookingState.NO_SHOW}))
        .where(Booking.starts_utc <= (now + EARLY if is_answered else now))
        .where(Booking.ends_utc > now - LATE)
        .order_by(Booking.id.desc())
        .limit(1)
    )
    booking_id = session.scalar(statement)
    if booking_id is not None:
        state = BookingState.KEPT if is_answered else BookingState.NO_SHOW
        _settle(session, booking_id, state, now)


def pass_over(session: Session, now: datetime) -> int:
    """Close bookings whose time is over and of which nobody said how it went; return how many."""
    return pass_over_where(session, [Booking.ends_utc <= now])


def pass_over_where(session: Session, where: Sequence[Any]) -> int:
    """The same for those that meet a condition."""
    statement = (
        update(Booking)
        .where(Booking.state == BookingState.BOOKED, *where)
        .values(state=BookingState.PASSED, person_index=None)
    )
    return count_changed(session, statement)


def _settle(session: Session, booking_id: int, state: BookingState, now: datetime) -> BookedTime:
    may_be = Booking.state != BookingState.CANCELLED
    statement = (
        update(Booking)
        .where(Booking.id == booking_id, may_be)
        .values(state=state, changed_utc=now, person_index=None)
    )
    if count_changed(session, statement) != 1:
        raise NotBooked
    return booked_time(get_booking(session, booking_id))


def get_booking(session: Session, booking_id: int) -> Booking:
    """Return a booking as the database has it; raises NotBooked."""
    booking = session.get(Booking, booking_id, populate_existing=True)
    if booking is None:
        raise NotBooked
    return booking
