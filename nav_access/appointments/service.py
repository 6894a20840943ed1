"""Booking: whole slots in a row, taken by conditional updates, all of them or none."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingState, CancelledBy, Purpose
from nav_access.appointments.cooling import release_cooled
from nav_access.appointments.errors import NotBooked, NotOffered
from nav_access.appointments.finding import Wish, find_row
from nav_access.appointments.making import SlotReport, make_slots
from nav_access.appointments.models import Booking
from nav_access.appointments.queries import BookedTime, booked_time
from nav_access.appointments.reserving import Reserved, check_time, confirm, reserve, unreserve
from nav_access.appointments.seats import held_slots, leave_seats, note_seats, take_seats
from nav_access.appointments.settling import mark_kept, mark_no_show, pass_over, settle_call

__all__ = [
    "Reserved",
    "SlotReport",
    "Wish",
    "cancel",
    "cancel_all",
    "check_time",
    "confirm",
    "make_slots",
    "mark_kept",
    "mark_no_show",
    "move",
    "pass_over",
    "release_cooled",
    "reserve",
    "settle_call",
    "unreserve",
]


def move(
    session: Session,
    case_id: int,
    purpose: Purpose,
    slot_id: int,
    *,
    is_internal: bool | None = None,
    now: datetime,
) -> BookedTime:
    """Move the open booking: the new time is taken and the old one left, both or neither.

    Slots that belong to both times stay taken; `is_internal` says which seats are taken of the
    others, None the same as before. Moving to the same time changes nothing.
    Raises NotBooked, SlotTaken or NotOffered.
    """
    booking = _hold_open(session, case_id, purpose, now)
    sort = booking.is_internal if is_internal is None else is_internal
    wish = Wish(booking.kind, booking.with_interpreter, booking.in_private_room, sort)
    held = held_slots(session, booking.id)
    row = find_row(session, slot_id, wish, now=now, held=held)
    if row[0].office_id != booking.office_id:
        raise NotOffered
    if row[0].starts_utc == booking.starts_utc:
        return booked_time(booking)
    new = [slot for slot in row if slot.id not in held]
    take_seats(session, new, wish)
    note_seats(session, booking.id, new, wish)
    leave_seats(session, booking, held - {slot.id for slot in row}, now)
    booking.starts_utc, booking.ends_utc = row[0].starts_utc, row[-1].ends_utc
    booking.is_internal = sort
    return _changed(session, booking, now)


def cancel(
    session: Session, case_id: int, purpose: Purpose, by: CancelledBy, *, now: datetime
) -> BookedTime:
    """Cancel the open booking; its seats come back after the cool-down. Raises NotBooked."""
    booking = _hold_open(session, case_id, purpose, now)
    leave_seats(session, booking, held_slots(session, booking.id), now)
    booking.state, booking.cancelled_by = BookingState.CANCELLED, by
    booking.person_index = None
    return _changed(session, booking, now)


def cancel_all(
    session: Session,
    case_id: int,
    by: CancelledBy,
    *,
    purposes: Collection[Purpose] = frozenset(Purpose),
    now: datetime,
) -> tuple[BookedTime, ...]:
    """Cancel whatever of a case is still booked for these purposes; return what that was."""
    statement = (
        select(Booking.purpose)
        .where(Booking.case_id == case_id, Booking.state == BookingState.BOOKED)
        .where(Booking.ends_utc > now, Booking.purpose.in_(purposes))
        .order_by(Booking.id)
    )
    found = session.scalars(statement).all()
    return tuple(cancel(session, case_id, purpose, by, now=now) for purpose in found)


def _hold_open(session: Session, case_id: int, purpose: Purpose, now: datetime) -> Booking:
    """Return the case's open booking, held until the commit; raises NotBooked."""
    statement = (
        select(Booking)
        .where(
            Booking.case_id == case_id,
            Booking.purpose == purpose,
            Booking.state == BookingState.BOOKED,
            Booking.ends_utc > now,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    booking = session.scalar(statement)
    if booking is None:
        raise NotBooked
    return booking


def _changed(session: Session, booking: Booking, now: datetime) -> BookedTime:
    booking.sequence += 1
    booking.changed_utc = now
    session.flush()
    return booked_time(booking)
