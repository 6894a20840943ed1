"""Seats taken for a booking, and the booking written: all of it or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingState, Purpose
from nav_access.appointments.errors import AlreadyBooked
from nav_access.appointments.finding import Wish, find_row
from nav_access.appointments.models import Booking, Slot
from nav_access.appointments.queries import BookedTime, booked_time
from nav_access.appointments.seats import give_back_seats, note_seats, take_seats
from nav_access.appointments.settling import get_booking, pass_over_where
from nav_access.core.orm import insert_unless_taken


@dataclass(frozen=True, slots=True)
class Reserved:
    """Seats taken in this transaction, for a booking that is written before it ends."""

    office_id: int
    wish: Wish
    row: tuple[Slot, ...]


def reserve(session: Session, slot_id: int, wish: Wish, *, now: datetime) -> Reserved:
    """Take the seats of a time before the case is there; `confirm` writes the booking.

    So those who want the same time wait for it here, before they have done any work that would
    be in vain. Raises SlotTaken or NotOffered.
    """
    row = tuple(find_row(session, slot_id, wish, now=now))
    take_seats(session, row, wish)
    return Reserved(row[0].office_id, wish, row)


def unreserve(session: Session, reserved: Reserved) -> None:
    """Give back seats reserved in this transaction, which nobody has seen taken."""
    give_back_seats(session, reserved.row, reserved.wish)


def confirm(
    session: Session,
    case_id: int,
    reserved: Reserved,
    *,
    person_index: bytes | None = None,
    older_indexes: Collection[bytes] = (),
    now: datetime,
) -> BookedTime:
    """Write the booking of seats reserved in this transaction; raises AlreadyBooked."""
    persons = {person_index, *older_indexes}
    _refuse_second(session, case_id, reserved.wish.purpose, persons, now)
    return _write(session, case_id, reserved, person_index, now)


def check_time(session: Session, slot_id: int, wish: Wish, *, now: datetime) -> int:
    """Return the office of a time that is offered and free now; raises NotOffered, SlotTaken.

    Takes nothing, so it is cheap to ask before a request is stored.
    """
    return find_row(session, slot_id, wish, now=now)[0].office_id


def _refuse_second(
    session: Session,
    case_id: int,
    purpose: Purpose,
    persons: Collection[bytes | None],
    now: datetime,
) -> None:
    """Raise AlreadyBooked for an open booking of the case or person; one that is over gives way."""
    known = [index for index in persons if index is not None]
    is_same = or_(Booking.case_id == case_id, Booking.person_index.in_(known))
    mine = [is_same, Booking.purpose == purpose]
    pass_over_where(session, [*mine, Booking.ends_utc <= now])
    is_open = Booking.state == BookingState.BOOKED
    if session.scalar(select(Booking.id).where(is_open, *mine).limit(1)) is not None:
        raise AlreadyBooked(_starts_of_case(session, case_id, purpose))


def _starts_of_case(session: Session, case_id: int, purpose: Purpose) -> datetime | None:
    is_open = Booking.state == BookingState.BOOKED
    mine = Booking.case_id == case_id, Booking.purpose == purpose
    return session.scalar(select(Booking.starts_utc).where(is_open, *mine))


def _write(
    session: Session,
    case_id: int,
    reserved: Reserved,
    person_index: bytes | None,
    now: datetime,
) -> BookedTime:
    wish, row = reserved.wish, reserved.row
    values = _values(case_id, row, wish, person_index, now)
    booking_id = insert_unless_taken(session, Booking, values)
    if booking_id is None:
        # Somebody booked for the same case or person in this very moment.
        raise AlreadyBooked(_starts_of_case(session, case_id, wish.purpose))
    note_seats(session, booking_id, row, wish)
    return booked_time(get_booking(session, booking_id))


def _values(
    case_id: int, row: Sequence[Slot], wish: Wish, person_index: bytes | None, now: datetime
) -> dict[str, Any]:
    return {
        "uid": uuid4().hex,
        "case_id": case_id,
        "office_id": row[0].office_id,
        "purpose": wish.purpose,
        "kind": wish.kind,
        "state": BookingState.BOOKED,
        "starts_utc": row[0].starts_utc,
        "ends_utc": row[-1].ends_utc,
        "is_internal": wish.is_internal,
        "with_interpreter": wish.with_interpreter,
        "in_private_room": wish.in_private_room,
        "person_index": person_index,
        "created_utc": now,
        "changed_utc": now,
    }
