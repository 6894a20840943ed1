"""What an office's published time comes to: seats of the coming weeks, what is there already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Slot
from nav_access.appointments.publishing import Published
from nav_access.appointments.rules import DatedChange, WeeklyCapacity
from nav_access.offices.spans import Span


@dataclass(frozen=True, slots=True)
class SeatCount:
    """Seats that are free, and slots in which more is booked than is offered now."""

    public_free: int
    internal_free: int
    over: int


def has_rule(published: Published, purpose: Purpose, capacity: WeeklyCapacity) -> bool:
    """Say whether the very same rule is there: a form sent twice is one rule."""
    return any(one.purpose is purpose and one.capacity == capacity for one in published.rules)


def has_change(published: Published, purpose: Purpose | None, change: DatedChange) -> bool:
    """Say whether the very same change of a date is there."""
    return any(one.purpose == purpose and one.change == change for one in published.changes)


def count_seats(
    session: Session, office_id: int, purpose: Purpose, first: datetime, last: datetime
) -> SeatCount:
    """Count an office's seats in the slots that begin from one instant until before another."""
    is_over = or_(Slot.public_taken > Slot.public_seats, Slot.internal_taken > Slot.internal_seats)
    row = session.execute(
        select(
            _sum(_free(Slot.public_seats, Slot.public_taken)),
            _sum(_free(Slot.internal_seats, Slot.internal_taken)),
            _sum(case((is_over, 1), else_=0)),
        ).where(
            Slot.office_id == office_id,
            Slot.purpose == purpose,
            Slot.starts_utc >= first,
            Slot.starts_utc < last,
        )
    ).one()
    return SeatCount(*map(int, row))


def list_offered(
    session: Session, office_id: int, purpose: Purpose, first: datetime, last: datetime
) -> tuple[Span, ...]:
    """Return when people may book an office's time, from one instant until before another."""
    wanted = (
        select(Slot.starts_utc, Slot.ends_utc)
        .where(Slot.office_id == office_id, Slot.purpose == purpose, Slot.public_seats > 0)
        .where(Slot.starts_utc >= first, Slot.starts_utc < last)
        .order_by(Slot.starts_utc)
    )
    return tuple(Span(*row) for row in session.execute(wanted))


def _free(
    seats: InstrumentedAttribute[int], taken: InstrumentedAttribute[int]
) -> ColumnElement[int]:
    return case((seats > taken, seats - taken), else_=0)


def _sum(value: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(value), 0)
