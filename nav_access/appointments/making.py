"""Making slot rows ahead of time from what an office publishes; it can be run again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import BookingTerms, CapacityException, CapacityRule, Slot
from nav_access.appointments.rules import (
    NO_SEATS,
    DatedChange,
    PlannedSlot,
    Seats,
    WeeklyCapacity,
    interval_of,
    plan_day,
)
from nav_access.core.clock import to_oslo
from nav_access.core.orm import table_of

_INSERT = insert(table_of(Slot))


@dataclass(frozen=True, slots=True)
class SlotReport:
    """What making slots did. `held`: taken slots left without capacity of their own."""

    made: int = 0
    changed: int = 0
    removed: int = 0
    held: int = 0

    def __add__(self, other: "SlotReport") -> "SlotReport":
        return SlotReport(
            self.made + other.made,
            self.changed + other.changed,
            self.removed + other.removed,
            self.held + other.held,
        )


def make_slots(session: Session, *, now: datetime, office_id: int | None = None) -> SlotReport:
    """Make the slots ahead of one office, or of all, as their capacity says now.

    Never changes what is taken. A slot whose capacity is gone goes too, unless somebody holds
    it: then it stays with no seats left, and nothing is laid over it. Two that make at once
    take turns at an office's terms.
    """
    statement = select(BookingTerms).with_for_update()
    if office_id is not None:
        statement = statement.where(BookingTerms.office_id == office_id)
    rows = session.scalars(statement.order_by(BookingTerms.office_id, BookingTerms.purpose)).all()
    report = sum((_make(session, terms, now) for terms in rows), SlotReport())
    session.flush()
    return report


def list_offices_to_make(session: Session, *, now: datetime) -> tuple[int, ...]:
    """Return the offices whose slots were not made on this date yet."""
    is_due = or_(BookingTerms.made_on.is_(None), BookingTerms.made_on < to_oslo(now).date())
    offices = select(BookingTerms.office_id).where(is_due).distinct()
    return tuple(session.scalars(offices.order_by(BookingTerms.office_id)))


def list_offices_with_terms(session: Session) -> tuple[int, ...]:
    """Return every office that books anything."""
    offices = select(BookingTerms.office_id).distinct()
    return tuple(session.scalars(offices.order_by(BookingTerms.office_id)))


def _make(session: Session, terms: BookingTerms, now: datetime) -> SlotReport:
    today = to_oslo(now).date()
    terms.made_on = today
    planned = {slot.times: slot for slot in _plan(session, terms, today) if slot.starts_utc > now}
    there = _list_slots(session, terms.office_id, terms.purpose, now)
    report, held = SlotReport(), list[Slot]()
    for slot in there:
        wanted = planned.pop((slot.starts_utc, slot.ends_utc), None)
        if wanted is not None:
            report += SlotReport(changed=_set_seats(session, slot, wanted.seats))
        elif _remove(session, slot):
            report += SlotReport(removed=1)
        else:
            held.append(slot)
            report += SlotReport(changed=_set_seats(session, slot, NO_SEATS), held=1)
    return report + SlotReport(made=_add(session, terms, _beside(planned.values(), held)))


def _plan(session: Session, terms: BookingTerms, today: date) -> Iterator[PlannedSlot]:
    weekly = _list_rules(session, terms.office_id, terms.purpose)
    changes = _list_changes(session, terms.office_id, terms.purpose)
    for ahead in range(terms.horizon_days + 1):
        yield from plan_day(today + timedelta(days=ahead), weekly, changes, terms.slot_minutes)


def _list_rules(session: Session, office_id: int, purpose: Purpose) -> list[WeeklyCapacity]:
    is_ours = CapacityRule.office_id == office_id, CapacityRule.purpose == purpose
    return [weekly_capacity(row) for row in session.scalars(select(CapacityRule).where(*is_ours))]


def _list_changes(session: Session, office_id: int, purpose: Purpose) -> list[DatedChange]:
    is_of = or_(CapacityException.purpose.is_(None), CapacityException.purpose == purpose)
    is_ours = CapacityException.office_id == office_id, is_of
    return [dated_change(row) for row in session.scalars(select(CapacityException).where(*is_ours))]


def weekly_capacity(row: CapacityRule) -> WeeklyCapacity:
    """Return a rule as a value."""
    return WeeklyCapacity(
        row.weekday,
        interval_of(row.starts_minute, row.ends_minute),
        Seats(row.public_seats, row.internal_seats, row.private_rooms),
        row.valid_from,
        row.valid_to,
    )


def dated_change(row: CapacityException) -> DatedChange:
    """Return a closure or an extra as a value."""
    return DatedChange(
        row.on_date,
        row.is_closure,
        interval_of(row.starts_minute, row.ends_minute),
        Seats(row.public_seats, row.internal_seats, row.private_rooms),
    )


def _list_slots(
    session: Session, office_id: int, purpose: Purpose, now: datetime
) -> Sequence[Slot]:
    """Return the slots ahead as the database has them, whatever this session remembers."""
    statement = (
        select(Slot)
        .where(Slot.office_id == office_id, Slot.purpose == purpose, Slot.starts_utc > now)
        .order_by(Slot.starts_utc)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _set_seats(session: Session, slot: Slot, seats: Seats) -> int:
    """Give a slot these seats; 1 when that is a change. What is taken is not touched."""
    if Seats(slot.public_seats, slot.internal_seats, slot.private_rooms) == seats:
        return 0
    values = {
        "public_seats": seats.public,
        "internal_seats": seats.internal,
        "private_rooms": seats.private_rooms,
    }
    session.execute(update(Slot).where(Slot.id == slot.id).values(**values))
    return 1


def _remove(session: Session, slot: Slot) -> bool:
    """Remove a slot unless somebody holds it, or takes it in this very moment."""
    if slot.public_taken or slot.internal_taken:
        return False
    is_free = (Slot.public_taken == 0) & (Slot.internal_taken == 0)
    statement = delete(Slot).where(Slot.id == slot.id, is_free)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _beside(planned: Iterable[PlannedSlot], held: Sequence[Slot]) -> list[PlannedSlot]:
    """Return the planned slots that lie over nothing somebody holds."""
    return [
        slot
        for slot in planned
        if not any(h.starts_utc < slot.ends_utc and slot.starts_utc < h.ends_utc for h in held)
    ]


def _add(session: Session, terms: BookingTerms, slots: Sequence[PlannedSlot]) -> int:
    rows = [
        {
            "office_id": terms.office_id,
            "purpose": terms.purpose,
            "starts_utc": slot.starts_utc,
            "ends_utc": slot.ends_utc,
            "public_seats": slot.seats.public,
            "internal_seats": slot.seats.internal,
            "private_rooms": slot.seats.private_rooms,
        }
        for slot in slots
    ]
    if rows:
        session.connection().execute(_INSERT, rows)
    return len(rows)
