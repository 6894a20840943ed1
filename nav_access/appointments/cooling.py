"""Giving back the seats of bookings that were moved or cancelled, once they have cooled down."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.models import BookedSlot, Slot

MOST_AT_ONCE = 500


def release_cooled(session: Session, now: datetime) -> int:
    """Give back the seats whose cool-down is over; return how many.

    A seat is given back by whoever removes its row, so once, however many run at a time.
    """
    due = (
        select(BookedSlot.id)
        .where(BookedSlot.frees_utc <= now)
        .order_by(BookedSlot.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    removed = session.execute(
        delete(BookedSlot)
        .where(BookedSlot.id.in_(due.scalar_subquery()))
        .returning(BookedSlot.slot_id, BookedSlot.is_internal, BookedSlot.in_private_room)
    ).all()
    given_back = _count(removed)
    # In the order in which bookings take them: nobody waits in a ring.
    slots = select(Slot.id).where(Slot.id.in_(given_back))
    for slot_id in session.scalars(slots.order_by(Slot.office_id, Slot.purpose, Slot.starts_utc)):
        session.execute(
            update(Slot)
            .where(Slot.id == slot_id)
            .values({name: getattr(Slot, name) - n for name, n in given_back[slot_id].items()})
            .execution_options(synchronize_session=False)
        )
    return len(removed)


def _count(removed: Iterable[Any]) -> Mapping[int, Counter[str]]:
    """Return for each slot how much of what is taken there comes back."""
    counted: dict[int, Counter[str]] = {}
    for slot_id, is_internal, in_private_room in removed:
        seats = counted.setdefault(slot_id, Counter())
        seats["internal_taken" if is_internal else "public_taken"] += 1
        if in_private_room:
            seats["private_taken"] += 1
    return counted
