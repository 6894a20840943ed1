"""What an office publishes of its time: terms, weekly capacity, closures and extras.

Every change is audited and makes the slots anew in the same transaction, so that what is
published is what can be booked. Whoever calls has seen that the actor may change this office.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.errors import CapacityChanged, NotPublished, TermsMakeNoSense
from nav_access.appointments.making import SlotReport, dated_change, make_slots, weekly_capacity
from nav_access.appointments.models import BookingTerms, CapacityException, CapacityRule
from nav_access.appointments.queries import terms_of
from nav_access.appointments.rules import (
    WHOLE_DAY,
    DatedChange,
    Seats,
    Terms,
    WeeklyCapacity,
)
from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.offices.models import Office

USUAL_TERMS = {
    Purpose.CALLBACK: Terms(30, 30, None, 30, 60, 14, 10),
    Purpose.MEETING: Terms(30, 60, 30, 30, 720, 28, 30),
}
"""What an office begins with when it publishes its first capacity."""

FARTHEST = timedelta(days=180)
VERSION_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes for which office; `actor` as the audit names them.

    `seen`: the version of what is published that they saw, None for who has not looked.
    """

    office_id: int
    actor: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A weekly rule and what it is known by."""

    id: int
    purpose: Purpose
    capacity: WeeklyCapacity


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """A closure or an extra and what it is known by; without a purpose it is every purpose."""

    id: int
    purpose: Purpose | None
    change: DatedChange


@dataclass(frozen=True, slots=True)
class Published:
    """All an office publishes; the changes from one date on."""

    terms: dict[Purpose, Terms]
    rules: tuple[PublishedRule, ...]
    changes: tuple[PublishedChange, ...]


def get_published(session: Session, office_id: int, *, since: date) -> Published:
    """Return what an office publishes, in the order a week and a calendar have."""
    terms = session.scalars(select(BookingTerms).where(BookingTerms.office_id == office_id))
    rules = session.scalars(
        select(CapacityRule)
        .where(CapacityRule.office_id == office_id)
        .order_by(CapacityRule.purpose, CapacityRule.weekday, CapacityRule.starts_minute)
    )
    changes = session.scalars(
        select(CapacityException)
        .where(CapacityException.office_id == office_id, CapacityException.on_date >= since)
        .order_by(CapacityException.on_date, CapacityException.id)
    )
    return Published(
        terms={row.purpose: terms_of(row) for row in terms},
        rules=tuple(_rule(row) for row in rules),
        changes=tuple(_change(row) for row in changes),
    )


def get_version(session: Session, office_id: int) -> str:
    """Return a name of all an office publishes: another one when anything of it is another."""
    there = get_published(session, office_id, since=date.min)
    content = (sorted(there.terms.items()), there.rules, there.changes)
    return sha256(repr(content).encode()).hexdigest()[:VERSION_DIGITS]


def set_terms(
    session: Session, publisher: Publisher, purpose: Purpose, terms: Terms, *, now: datetime
) -> SlotReport:
    """Write down how an office books; raises TermsMakeNoSense or CapacityChanged."""
    _check(terms)
    _take(session, publisher)
    row = _find_terms(session, publisher.office_id, purpose)
    if row is None:
        session.add(BookingTerms(office_id=publisher.office_id, purpose=purpose, **asdict(terms)))
    else:
        for name, value in asdict(terms).items():
            setattr(row, name, value)
    return _make(session, publisher, "terms", now)


def add_rule(
    session: Session,
    publisher: Publisher,
    purpose: Purpose,
    capacity: WeeklyCapacity,
    *,
    now: datetime,
) -> SlotReport:
    """Offer seats every week; an office that has no terms yet gets the usual ones.

    The very same rule is added once, also by two who ask for it in one instant. Raises
    CapacityChanged.
    """
    _take(session, publisher)
    if _find_terms(session, publisher.office_id, purpose) is None:
        usual = asdict(USUAL_TERMS[purpose])
        of_office = {"office_id": publisher.office_id, "purpose": purpose}
        insert_unless_taken(session, BookingTerms, of_office | usual)
    values = {
        "office_id": publisher.office_id,
        "purpose": purpose,
        "weekday": capacity.weekday,
        "starts_minute": capacity.interval.opens,
        "ends_minute": capacity.interval.closes,
        "valid_from": capacity.valid_from,
        "valid_to": capacity.valid_to,
        **_seats(capacity.seats),
    }
    return _add(session, CapacityRule, values, publisher, "rule_added", now)


def remove_rule(
    session: Session, publisher: Publisher, rule_id: int, *, now: datetime
) -> SlotReport:
    """Offer them no more; what is booked stays. Raises CapacityChanged or NotPublished."""
    _take(session, publisher)
    _remove(session, CapacityRule, publisher, rule_id)
    return _make(session, publisher, "rule_removed", now)


def add_change(
    session: Session,
    publisher: Publisher,
    purpose: Purpose | None,
    change: DatedChange,
    *,
    now: datetime,
) -> SlotReport:
    """Close a date or a part of it, or offer more on it; raises CapacityChanged.

    The very same change is added once.
    """
    _take(session, publisher)
    is_whole = change.interval == WHOLE_DAY
    values = {
        "office_id": publisher.office_id,
        "purpose": purpose,
        "on_date": change.on_date,
        "is_closure": change.is_closure,
        "starts_minute": None if is_whole else change.interval.opens,
        "ends_minute": None if is_whole else change.interval.closes,
        **_seats(change.seats),
    }
    what = "closure" if change.is_closure else "extra"
    return _add(session, CapacityException, values, publisher, what, now)


def remove_change(
    session: Session, publisher: Publisher, change_id: int, *, now: datetime
) -> SlotReport:
    """Take a closure or an extra back; raises CapacityChanged or NotPublished."""
    _take(session, publisher)
    _remove(session, CapacityException, publisher, change_id)
    return _make(session, publisher, "change_removed", now)


def _take(session: Session, publisher: Publisher) -> None:
    """Take turns at what an office publishes; raises CapacityChanged when it is another now."""
    if publisher.seen is None:
        return
    mine = select(Office.id).where(Office.id == publisher.office_id)
    session.execute(mine.with_for_update(key_share=True))
    if get_version(session, publisher.office_id) != publisher.seen:
        raise CapacityChanged


def _add(
    session: Session,
    model: type[CapacityRule] | type[CapacityException],
    values: dict[str, Any],
    publisher: Publisher,
    what: str,
    now: datetime,
) -> SlotReport:
    """Insert a row unless the very same stands there, and make the slots."""
    content = sha256(repr(sorted(values.items())).encode()).digest()
    if insert_unless_taken(session, model, values | {"content": content}) is None:
        return make_slots(session, now=now, office_id=publisher.office_id)
    return _make(session, publisher, what, now)


def _check(terms: Terms) -> None:
    numbers = [value for value in asdict(terms).values() if value is not None]
    is_whole = terms.slot_minutes > 0 and terms.length_minutes > 0
    if not is_whole or min(numbers) < 0 or timedelta(days=terms.horizon_days) > FARTHEST:
        raise TermsMakeNoSense


def _find_terms(session: Session, office_id: int, purpose: Purpose) -> BookingTerms | None:
    mine = BookingTerms.office_id == office_id, BookingTerms.purpose == purpose
    return session.scalar(select(BookingTerms).where(*mine))


def _remove(
    session: Session,
    model: type[CapacityRule] | type[CapacityException],
    publisher: Publisher,
    row_id: int,
) -> None:
    mine = model.id == row_id, model.office_id == publisher.office_id
    if session.execute(delete(model).where(*mine).returning(model.id)).first() is None:
        raise NotPublished


def _make(session: Session, publisher: Publisher, what: str, now: datetime) -> SlotReport:
    session.flush()
    audit.record(
        session,
        now=now,
        actor=publisher.actor,
        action=f"capacity.{what}",
        subject=f"office:{publisher.office_id}",
    )
    return make_slots(session, now=now, office_id=publisher.office_id)


def _seats(seats: Seats) -> dict[str, int]:
    return {
        "public_seats": seats.public,
        "internal_seats": seats.internal,
        "private_rooms": seats.private_rooms,
    }


def _rule(row: CapacityRule) -> PublishedRule:
    return PublishedRule(row.id, row.purpose, weekly_capacity(row))


def _change(row: CapacityException) -> PublishedChange:
    return PublishedChange(row.id, row.purpose, dated_change(row))
