"""Booking: whole slots in a row, taken by conditional updates, all of them or none."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import (
    PURPOSE_OF,
    BookingKind,
    BookingState,
    CancelledBy,
    Purpose,
)
from nav_access.appointments.cooling import release_cooled
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered, SlotTaken, TooEarly
from nav_access.appointments.making import SlotReport, make_slots
from nav_access.appointments.models import BookedSlot, Booking, Slot
from nav_access.appointments.queries import BookedTime, booked_time, find_terms, has_seat
from nav_access.core.orm import insert_unless_taken

__all__ = [
    "SlotReport",
    "book",
    "cancel",
    "cancel_all",
    "check_time",
    "make_slots",
    "mark_kept",
    "mark_no_show",
    "move",
    "pass_over",
    "release_cooled",
    "settle_call",
]

EARLY = timedelta(minutes=30)
"""Who is reached this long before a booked call has had it."""

LATE = timedelta(hours=12)
"""How long after its end a booked call can still be made."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be booked, apart from when."""

    kind: BookingKind
    with_interpreter: bool
    in_private_room: bool
    is_internal: bool

    @property
    def purpose(self) -> Purpose:
        return PURPOSE_OF[self.kind]


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
    wish = _Wish(kind, with_interpreter, in_private_room, is_internal)
    row = _find_row(session, slot_id, wish, now=now)
    _refuse_second(session, case_id, wish.purpose, {person_index, *older_indexes} - {None}, now)
    values = _values(case_id, row, wish, person_index, now)
    booking_id = insert_unless_taken(session, Booking, values)
    if booking_id is None:
        # Somebody booked for the same case or person in this very moment.
        raise AlreadyBooked(_starts_of_case(session, case_id, wish.purpose))
    _take(session, booking_id, row, wish)
    return booked_time(_get(session, booking_id))


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
    wish = _Wish(kind, with_interpreter, in_private_room, is_internal)
    return _find_row(session, slot_id, wish, now=now)[0].office_id


def move(
    session: Session, case_id: int, purpose: Purpose, slot_id: int, *, now: datetime
) -> BookedTime:
    """Move the open booking: the new time is taken and the old one left, both or neither.

    Slots that belong to both times stay taken. Moving to the same time changes nothing.
    Raises NotBooked, SlotTaken or NotOffered.
    """
    booking = _hold_open(session, case_id, purpose, now)
    wish = _Wish(
        booking.kind, booking.with_interpreter, booking.in_private_room, booking.is_internal
    )
    held = _held_slots(session, booking.id)
    row = _find_row(session, slot_id, wish, now=now, held=held)
    if row[0].office_id != booking.office_id:
        raise NotOffered
    if row[0].starts_utc == booking.starts_utc:
        return booked_time(booking)
    _take(session, booking.id, [slot for slot in row if slot.id not in held], wish)
    _leave(session, booking, held - {slot.id for slot in row}, now)
    booking.starts_utc, booking.ends_utc = row[0].starts_utc, row[-1].ends_utc
    return _changed(session, booking, now)


def cancel(
    session: Session, case_id: int, purpose: Purpose, by: CancelledBy, *, now: datetime
) -> BookedTime:
    """Cancel the open booking; its seats come back after the cool-down. Raises NotBooked."""
    booking = _hold_open(session, case_id, purpose, now)
    _leave(session, booking, _held_slots(session, booking.id), now)
    booking.state, booking.cancelled_by = BookingState.CANCELLED, by
    booking.person_index = None
    return _changed(session, booking, now)


def cancel_all(session: Session, case_id: int, by: CancelledBy, *, now: datetime) -> int:
    """Cancel whatever of a case is still booked; return how many bookings that were."""
    statement = (
        select(Booking.purpose)
        .where(Booking.case_id == case_id, Booking.state == BookingState.BOOKED)
        .where(Booking.ends_utc > now)
        .order_by(Booking.id)
    )
    purposes = session.scalars(statement).all()
    for purpose in purposes:
        cancel(session, case_id, purpose, by, now=now)
    return len(purposes)


def mark_kept(session: Session, booking_id: int, *, now: datetime) -> BookedTime:
    """Note that the meeting or call took place; raises NotBooked when it was cancelled."""
    return _settle(session, booking_id, BookingState.KEPT, now)


def mark_no_show(session: Session, booking_id: int, *, now: datetime) -> BookedTime:
    """Note that nobody came or answered; raises TooEarly before it began, NotBooked."""
    booking = _get(session, booking_id)
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
    return _pass_over(session, [Booking.ends_utc <= now])


def _find_row(
    session: Session,
    slot_id: int,
    wish: _Wish,
    *,
    now: datetime,
    held: Collection[int] = (),
) -> Sequence[Slot]:
    """Return the slots a booking takes from this one on, in order; raises NotOffered, SlotTaken.

    Read without a lock, so that those who come too late to a full slot hold nobody up.
    """
    first = session.get(Slot, slot_id, populate_existing=True)
    if first is None or first.purpose is not wish.purpose:
        raise NotOffered
    terms = find_terms(session, first.office_id, first.purpose)
    if terms is None or not terms.bookable(now, is_internal=wish.is_internal).has(first.starts_utc):
        raise NotOffered
    count = terms.slots_needed(wish.kind, with_interpreter=wish.with_interpreter)
    row = _slots_from(session, first, count)
    if len(row) < count or any(a.ends_utc != b.starts_utc for a, b in pairwise(row)):
        raise NotOffered
    missing = [slot for slot in row if slot.id not in held]
    if any(not _could_have(slot, wish) for slot in missing):
        raise NotOffered
    if not all(_has_seat(slot, wish) for slot in missing):
        raise SlotTaken(first.office_id, first.starts_utc)
    return row


def _slots_from(session: Session, first: Slot, count: int) -> Sequence[Slot]:
    if count == 1:
        return [first]
    statement = (
        select(Slot)
        .where(
            Slot.office_id == first.office_id,
            Slot.purpose == first.purpose,
            Slot.starts_utc >= first.starts_utc,
        )
        .order_by(Slot.starts_utc)
        .limit(count)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _could_have(slot: Slot, wish: _Wish) -> bool:
    """Say whether the slot has what is wished for at all, free or not."""
    return slot.private_rooms > 0 or not wish.in_private_room


def _has_seat(slot: Slot, wish: _Wish) -> bool:
    if wish.in_private_room and slot.private_taken >= slot.private_rooms:
        return False
    if wish.is_internal:
        return slot.internal_taken < slot.internal_seats
    return slot.public_taken < slot.public_seats


def _refuse_second(
    session: Session,
    case_id: int,
    purpose: Purpose,
    persons: Collection[bytes | None],
    now: datetime,
) -> None:
    """Raise AlreadyBooked for an open booking of the case or person; one that is over gives way."""
    is_same = or_(Booking.case_id == case_id, Booking.person_index.in_(list(persons)))
    mine = [is_same, Booking.purpose == purpose]
    _pass_over(session, [*mine, Booking.ends_utc <= now])
    is_open = Booking.state == BookingState.BOOKED
    if session.scalar(select(Booking.id).where(is_open, *mine).limit(1)) is not None:
        raise AlreadyBooked(_starts_of_case(session, case_id, purpose))


def _starts_of_case(session: Session, case_id: int, purpose: Purpose) -> datetime | None:
    is_open = Booking.state == BookingState.BOOKED
    mine = Booking.case_id == case_id, Booking.purpose == purpose
    return session.scalar(select(Booking.starts_utc).where(is_open, *mine))


def _values(
    case_id: int, row: Sequence[Slot], wish: _Wish, person_index: bytes | None, now: datetime
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


def _take(session: Session, booking_id: int, slots: Iterable[Slot], wish: _Wish) -> None:
    """Take a seat in each slot, in order of time, or raise SlotTaken.

    Everybody who changes slots does so in that order, so that none waits for another in a ring.
    """
    where = has_seat(is_internal=wish.is_internal, in_private_room=wish.in_private_room)
    for slot in slots:
        statement = update(Slot).where(Slot.id == slot.id, where).values(_raised(wish))
        if _rowcount(session, statement) != 1:
            raise SlotTaken(slot.office_id, slot.starts_utc)
        session.add(
            BookedSlot(
                booking_id=booking_id,
                slot_id=slot.id,
                is_internal=wish.is_internal,
                in_private_room=wish.in_private_room,
            )
        )
    session.flush()


def _raised(wish: _Wish) -> dict[Any, Any]:
    taken = Slot.internal_taken if wish.is_internal else Slot.public_taken
    raised: dict[Any, Any] = {taken: taken + 1}
    if wish.in_private_room:
        raised[Slot.private_taken] = Slot.private_taken + 1
    return raised


def _leave(session: Session, booking: Booking, slot_ids: Collection[int], now: datetime) -> None:
    """Let the seats cool down; release_cooled gives them back."""
    terms = find_terms(session, booking.office_id, booking.purpose)
    where = (
        BookedSlot.booking_id == booking.id,
        BookedSlot.slot_id.in_(slot_ids),
        BookedSlot.frees_utc.is_(None),
    )
    frees = terms.cools_until(now) if terms else now
    session.execute(update(BookedSlot).where(*where).values(frees_utc=frees))


def _held_slots(session: Session, booking_id: int) -> set[int]:
    mine = BookedSlot.booking_id == booking_id, BookedSlot.frees_utc.is_(None)
    return set(session.scalars(select(BookedSlot.slot_id).where(*mine)))


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


def _settle(session: Session, booking_id: int, state: BookingState, now: datetime) -> BookedTime:
    may_be = Booking.state != BookingState.CANCELLED
    statement = (
        update(Booking)
        .where(Booking.id == booking_id, may_be)
        .values(state=state, changed_utc=now, person_index=None)
    )
    if _rowcount(session, statement) != 1:
        raise NotBooked
    return booked_time(_get(session, booking_id))


def _pass_over(session: Session, where: Sequence[Any]) -> int:
    statement = (
        update(Booking)
        .where(Booking.state == BookingState.BOOKED, *where)
        .values(state=BookingState.PASSED, person_index=None)
    )
    return _rowcount(session, statement)


def _get(session: Session, booking_id: int) -> Booking:
    booking = session.get(Booking, booking_id, populate_existing=True)
    if booking is None:
        raise NotBooked
    return booking


def _rowcount(session: Session, statement: Any) -> int:
    run = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", session.execute(run)).rowcount
