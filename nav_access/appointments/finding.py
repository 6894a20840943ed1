"""Which slots a booking takes: whole ones, in a row, offered and free."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import PURPOSE_OF, BookingKind, Purpose
from nav_access.appointments.errors import NotOffered, SlotTaken
from nav_access.appointments.models import Slot
from nav_access.appointments.queries import find_terms


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked, apart from when."""

    kind: BookingKind
    with_interpreter: bool = False
    in_private_room: bool = False
    is_internal: bool = False

    @property
    def purpose(self) -> Purpose:
        return PURPOSE_OF[self.kind]


def find_row(
    session: Session,
    slot_id: int,
    wish: Wish,
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


def _could_have(slot: Slot, wish: Wish) -> bool:
    """Say whether the slot has what is wished for at all, free or not."""
    return slot.private_rooms > 0 or not wish.in_private_room


def _has_seat(slot: Slot, wish: Wish) -> bool:
    if wish.in_private_room and slot.private_taken >= slot.private_rooms:
        return False
    if wish.is_internal:
        return slot.internal_taken < slot.internal_seats
    return slot.public_taken < slot.public_seats
