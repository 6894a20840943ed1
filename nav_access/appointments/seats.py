"""Taking seats by conditional updates, and leaving them to cool down."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.errors import SlotTaken
from nav_access.appointments.finding import Wish
from nav_access.appointments.models import BookedSlot, Booking, Slot
from nav_access.appointments.queries import find_terms, has_seat
from nav_access.core.patience import wait_in_line


def take_seats(session: Session, slots: Sequence[Slot], wish: Wish) -> None:
    """Take a seat in each slot, in order of time, or none of them and raise SlotTaken.

    Everybody who changes slots does so in that order, so that none waits for another in a ring.
    """
    wait_in_line(session)
    where = has_seat(is_internal=wish.is_internal, in_private_room=wish.in_private_room)
    for taken, slot in enumerate(slots):
        statement = update(Slot).where(Slot.id == slot.id, where).values(_changed_by(1, wish))
        if count_changed(session, statement) != 1:
            give_back_seats(session, slots[:taken], wish)
            raise SlotTaken(slot.office_id, slot.starts_utc)


def give_back_seats(session: Session, slots: Iterable[Slot], wish: Wish) -> None:
    """Undo `take_seats` in the same transaction."""
    for slot in slots:
        count_changed(session, update(Slot).where(Slot.id == slot.id).values(_changed_by(-1, wish)))


def note_seats(session: Session, booking_id: int, slots: Iterable[Slot], wish: Wish) -> None:
    """Write down which seats a booking holds."""
    session.add_all(
        BookedSlot(
            booking_id=booking_id,
            slot_id=slot.id,
            is_internal=wish.is_internal,
            in_private_room=wish.in_private_room,
        )
        for slot in slots
    )
    session.flush()


def _changed_by(change: int, wish: Wish) -> dict[Any, Any]:
    taken = Slot.internal_taken if wish.is_internal else Slot.public_taken
    values: dict[Any, Any] = {taken: taken + change}
    if wish.in_private_room:
        values[Slot.private_taken] = Slot.private_taken + change
    return values


def leave_seats(
    session: Session, booking: Booking, slot_ids: Collection[int], now: datetime
) -> None:
    """Let the seats cool down; release_cooled gives them back."""
    terms = find_terms(session, booking.office_id, booking.purpose)
    where = (
        BookedSlot.booking_id == booking.id,
        BookedSlot.slot_id.in_(slot_ids),
        BookedSlot.frees_utc.is_(None),
    )
    frees = terms.cools_until(now) if terms else now
    session.execute(update(BookedSlot).where(*where).values(frees_utc=frees))


def held_slots(session: Session, booking_id: int) -> set[int]:
    """Return the slots a booking holds a seat in."""
    mine = BookedSlot.booking_id == booking_id, BookedSlot.frees_utc.is_(None)
    return set(session.scalars(select(BookedSlot.slot_id).where(*mine)))


def count_changed(session: Session, statement: Any) -> int:
    """Run an UPDATE and return how many rows met its condition."""
    run = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", session.execute(run)).rowcount
