"""Booking: whole slots in a row, taken by conditional updates, all of them or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import (
    PURPOSE_OF,
    BookingKind,
    BookingState,
    CancelledBy,
    Purpose,
)
from nav_access.appointments.cooling import release_cooled
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered
from nav_access.appointments.finding import Wish, find_row
from nav_access.appointments.making import SlotReport, make_slots
from nav_access.appointments.models import Booking, Slot
from nav_access.appointments.queries import BookedTime, booked_time
from nav_access.appointments.seats import (
    give_back_seats,
    held_slots,
    leave_seats,
    note_seats,
    take_seats,
)
from nav_access.appointments.settling import (
    get_booking,
    mark_kept,
    mark_no_show,
    pass_over,
    pass_over_where,
    settle_call,
)
from nav_access.core.orm import insert_unless_taken

__all__ = [
    "Reserved",
    "SlotReport",
    "book",
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


def book(
    session: Session,
    case_id: int,
    slot_id: int,
    kind: BookingKind,
    *,
    with_interpreter: bool = False,
    in_private_room: bool = False,
    is_internal: bool = False,
    person_index: bytes | None = None,
    older_indexes: Collection[bytes] = (),
    now: datetime,
) -> BookedTime:
    """Book the time that begins with this slot; its office and length are the slot's and terms'.

    `older_indexes` are what the person's index is under keys that are being rotated out.
    Raises SlotTaken, AlreadyBooked or NotOffered; let it leave the unit of work, which then
    keeps nothing.
    """
    persons = {person_index, *older_indexes}
    _refuse_second(session, case_id, PURPOSE_OF[kind], persons, now)
    reserved = reserve(
        session,
        slot_id,
        kind,
        with_interpreter=with_interpreter,
        in_private_room=in_private_room,
        is_internal=is_internal,
        now=now,
    )
    return _write(session, case_id, reserved, person_index, now)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Seats taken in this transaction, for a booking that is written before it ends."""

    office_id: int
    wish: Wish
    row: tuple[Slot, ...]


def reserve(
    session: Session,
    slot_id: int,
    kind: BookingKind,
    *,
    with_interpreter: bool = False,
    in_private_room: bool = False,
    is_internal: bool = False,
    now: datetime,
) -> Reserved:
    """Take the seats of a time before the case is there; `confirm` writes the booking.

    So those who want the same time wait for it here, before they have done any work that would
    be in vain. Raises SlotTaken or NotOffered.
    """
    wish = Wish(kind, with_interpreter, in_private_room, is_internal)
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


def check_time(
    session: Session,
    slot_id: int,
    kind: BookingKind,
    *,
    with_interpreter: bool = False,
    in_private_room: bool = False,
    is_internal: bool = False,
    now: datetime,
) -> int:
    """Return the office of a time that is offered and free now; raises NotOffered, SlotTaken.

    Takes nothing, so it is cheap to ask before a request is stored.
    """
    wish = Wish(kind, with_interpreter, in_private_room, is_internal)
    return find_row(session, slot_id, wish, now=now)[0].office_id


def move(
    session: Session, case_id: int, purpose: Purpose, slot_id: int, *, now: datetime
) -> BookedTime:
    """Move the open booking: the new time is taken and the old one left, both or neither.

    Slots that belong to both times stay taken. Moving to the same time changes nothing.
    Raises NotBooked, SlotTaken or NotOffered.
    """
    booking = _hold_open(session, case_id, purpose, now)
    wish = Wish(
        booking.kind, booking.with_interpreter, booking.in_private_room, booking.is_internal
    )
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
