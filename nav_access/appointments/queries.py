"""Reading times: which are free, which is nearest, and what is booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import PURPOSE_OF, BookingKind, BookingState, Purpose
from nav_access.appointments.models import BookedSlot, Booking, BookingTerms, Slot
from nav_access.appointments.rules import Terms, find_rows
from nav_access.offices.spans import Span


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time somebody may choose. `slot_id` names its first slot."""

    slot_id: int
    starts_utc: datetime
    ends_utc: datetime


@dataclass(frozen=True, slots=True)
class BookedTime:
    """A booking as everybody outside this room sees it."""

    uid: str
    booking_id: int
    case_id: int
    office_id: int
    purpose: Purpose
    kind: BookingKind
    state: BookingState
    starts_utc: datetime
    ends_utc: datetime
    sequence: int
    with_interpreter: bool
    in_private_room: bool
    is_internal: bool
    changed_utc: datetime


def find_terms(session: Session, office_id: int, purpose: Purpose) -> Terms | None:
    """Return an office's terms for a purpose, None when it books nothing of the kind."""
    row = session.scalar(
        select(BookingTerms).where(
            BookingTerms.office_id == office_id, BookingTerms.purpose == purpose
        )
    )
    return terms_of(row) if row else None


def terms_of(row: BookingTerms) -> Terms:
    """Return the terms of a row as a value."""
    return Terms(
        slot_minutes=row.slot_minutes,
        length_minutes=row.length_minutes,
        phone_minutes=row.phone_minutes,
        interpreter_minutes=row.interpreter_minutes,
        lead_minutes=row.lead_minutes,
        horizon_days=row.horizon_days,
        cool_down_minutes=row.cool_down_minutes,
    )


def list_free_times(
    session: Session,
    office_id: int,
    kind: BookingKind,
    *,
    with_interpreter: bool = False,
    in_private_room: bool = False,
    is_internal: bool = False,
    moved: BookedTime | None = None,
    now: datetime,
    limit: int | None = 60,
) -> tuple[FreeTime, ...]:
    """Return the times that may be chosen now, next first; none without published capacity.

    Lead time and horizon are the office's. A time is offered where every slot it takes has a
    seat left, and a room of its own when one is asked for, or is held by the booking that is
    `moved`; the time that one has is no other.
    """
    terms = find_terms(session, office_id, PURPOSE_OF[kind])
    if terms is None:
        return ()
    within = terms.bookable(now, is_internal=is_internal)
    count = terms.slots_needed(kind, with_interpreter=with_interpreter)
    where = has_seat(is_internal=is_internal, in_private_room=in_private_room)
    if moved is not None:
        where = or_(where, _is_held_by(moved))
    # A time of one slot is a row each; a longer one is found among the rows that follow.
    rows = _list_slots(session, office_id, PURPOSE_OF[kind], within, where, limit, count)
    found = (
        FreeTime(row[0].slot_id, row[0].starts_utc, row[-1].ends_utc)
        for row in find_rows(rows, count)
        if within.has(row[0].starts_utc) and not (moved and moved.starts_utc == row[0].starts_utc)
    )
    return tuple(found)[:limit]


def list_nearest(
    session: Session,
    office_id: int,
    kind: BookingKind,
    around_utc: datetime,
    *,
    with_interpreter: bool = False,
    in_private_room: bool = False,
    is_internal: bool = False,
    moved: BookedTime | None = None,
    now: datetime,
    limit: int = 6,
) -> tuple[FreeTime, ...]:
    """Return the free times nearest to an instant, in order of time."""
    free = list_free_times(
        session,
        office_id,
        kind,
        with_interpreter=with_interpreter,
        in_private_room=in_private_room,
        is_internal=is_internal,
        moved=moved,
        now=now,
        limit=None,
    )
    nearest = sorted(free, key=lambda one: (abs(one.starts_utc - around_utc), one.starts_utc))
    return tuple(sorted(nearest[:limit], key=lambda one: one.starts_utc))


def find_slot(session: Session, slot_id: int) -> FreeTime | None:
    """Return when a slot is, whether or not it is free; None when there is no such slot."""
    slot = session.get(Slot, slot_id)
    return FreeTime(slot.id, slot.starts_utc, slot.ends_utc) if slot else None


def find_open_booking(
    session: Session, case_id: int, purpose: Purpose, *, now: datetime | None = None
) -> BookedTime | None:
    """Return the case's open booking for a purpose; with `now`, only if it is not over."""
    where = [Booking.case_id == case_id, Booking.purpose == purpose]
    where += [Booking.ends_utc > now] if now else []
    row = session.scalar(select(Booking).where(Booking.state == BookingState.BOOKED, *where))
    return booked_time(row) if row else None


def is_expected(session: Session, case_id: int, *, now: datetime) -> bool:
    """Say whether any time the case has booked is still to come, or is just now."""
    return any(find_open_booking(session, case_id, each, now=now) for each in Purpose)


def list_bookings_of(session: Session, case_id: int) -> tuple[BookedTime, ...]:
    """Return every booking a case has had, the latest first."""
    order = Booking.starts_utc.desc(), Booking.id.desc()
    return _booked(
        session.scalars(select(Booking).where(Booking.case_id == case_id).order_by(*order))
    )


def list_day(
    session: Session, office_id: int, first_utc: datetime, last_utc: datetime
) -> tuple[BookedTime, ...]:
    """Return an office's bookings that begin from one instant until before another, in order."""
    statement = (
        select(Booking)
        .where(
            Booking.office_id == office_id,
            Booking.starts_utc >= first_utc,
            Booking.starts_utc < last_utc,
            Booking.state != BookingState.CANCELLED,
        )
        .order_by(Booking.starts_utc, Booking.id)
    )
    return _booked(session.scalars(statement))


def find_by_uid(session: Session, uid: str) -> BookedTime | None:
    """Return the booking a calendar knows by this name, or None."""
    row = session.scalar(select(Booking).where(Booking.uid == uid))
    return booked_time(row) if row else None


def booked_time(row: Booking) -> BookedTime:
    """Return a booking as a value."""
    return BookedTime(
        uid=row.uid,
        booking_id=row.id,
        case_id=row.case_id,
        office_id=row.office_id,
        purpose=row.purpose,
        kind=row.kind,
        state=row.state,
        starts_utc=row.starts_utc,
        ends_utc=row.ends_utc,
        sequence=row.sequence,
        with_interpreter=row.with_interpreter,
        in_private_room=row.in_private_room,
        is_internal=row.is_internal,
        changed_utc=row.changed_utc,
    )


def has_seat(*, is_internal: bool, in_private_room: bool) -> ColumnElement[bool]:
    """Return the condition that a slot has room for one more of this sort."""
    seat = (
        Slot.internal_taken < Slot.internal_seats
        if is_internal
        else Slot.public_taken < Slot.public_seats
    )
    return seat & (Slot.private_taken < Slot.private_rooms) if in_private_room else seat


def _is_held_by(booking: BookedTime) -> ColumnElement[bool]:
    mine = BookedSlot.booking_id == booking.booking_id, BookedSlot.frees_utc.is_(None)
    return Slot.id.in_(select(BookedSlot.slot_id).where(*mine))


def _booked(rows: Iterable[Booking]) -> tuple[BookedTime, ...]:
    return tuple(booked_time(row) for row in rows)


def _list_slots(
    session: Session,
    office_id: int,
    purpose: Purpose,
    within: Span,
    where: ColumnElement[bool],
    limit: int | None,
    count: int,
) -> list[FreeTime]:
    statement = (
        select(Slot.id, Slot.starts_utc, Slot.ends_utc)
        .where(
            Slot.office_id == office_id,
            Slot.purpose == purpose,
            Slot.starts_utc >= within.starts,
            Slot.starts_utc < within.ends,
            where,
        )
        .order_by(Slot.starts_utc)
        .limit(limit if count == 1 else None)
    )
    return [FreeTime(*row) for row in session.execute(statement)]
