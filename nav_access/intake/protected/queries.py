"""Reading about protected persons: the list of those with the role, counts, and broken glass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.intake.codes import CaseStatus
from nav_access.intake.doubles import is_double
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected import gate
from nav_access.intake.protected.codes import GlassReason
from nav_access.intake.protected.models import GlassBreak
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST = 200

_IS_OPEN = and_(
    Case.status.in_([CaseStatus.WAITING, CaseStatus.ANSWERED]), Case.wrapped_key.is_not(None)
)


@dataclass(frozen=True, slots=True)
class ProtectedRow:
    """A protected case as those see it who may: enough to open it, no name and no place.

    `is_double`: it is protected for its phone alone, and nobody has said yet whose it is.
    """

    number: str
    status: CaseStatus
    urgency: int
    deadline_utc: datetime
    claimed_by_name: str | None
    is_double: bool


@dataclass(frozen=True, slots=True)
class BrokenGlass:
    """A look somebody took in an emergency, and who has taken note of it."""

    id: int
    number: str
    staff_id: int
    staff_name: str
    reason: GlassReason
    broken_utc: datetime
    until_utc: datetime
    seen_by_name: str | None
    seen_utc: datetime | None


def list_protected(session: Session, who: Who) -> tuple[ProtectedRow, ...]:
    """Return the protected cases that are open and this reader's to know of; at most MOST."""
    columns = Case.number, Case.status, Case.urgency, Case.deadline_utc, StaffMember.name
    rows = session.execute(
        select(*columns, is_double())
        .outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
        .where(Case.is_protected.is_(True), _IS_OPEN, is_keepers(who))
        .order_by(Case.status.desc(), Case.urgency, Case.deadline_utc, Case.id)
        .limit(MOST)
    )
    return tuple(ProtectedRow(*row) for row in rows)


def count_doubles(session: Session, who: Who) -> int:
    """Return how many open cases came with a protected person's phone, and wait for a look."""
    if not gate.has_role(who):
        return 0
    found = select(func.count()).select_from(Case).where(is_double(), _IS_OPEN, is_keepers(who))
    return session.scalar(found) or 0


def list_same_phone(session: Session, who: Who, number: str) -> tuple[str, ...]:
    """Return the other cases with a protected case's phone, as far as the reader may know of them.

    Also those of their office that are not protected: perhaps they should be. The reader has
    opened the case. Newest first; at most MOST.
    """
    is_plain = and_(Case.is_protected.is_(False), Case.office_id.in_(who.protected_office_ids))
    is_known = or_(is_plain, and_(Case.is_protected.is_(True), is_keepers(who)))
    own, its, opened = aliased(Reaching), aliased(Reaching), aliased(Case)
    found = (
        select(Case.number)
        .join(its, its.case_id == Case.id)
        .join(own, own.phone_index == its.phone_index)
        .join(opened, opened.id == own.case_id)
        .where(opened.number == number, Case.id != opened.id, opened.is_protected.is_(True))
        .where(Case.wrapped_key.is_not(None), is_known)
        .order_by(Case.received_utc.desc(), Case.id.desc())
        .limit(MOST)
    )
    return tuple(session.scalars(found))


def count_without_keeper(session: Session, who: Who) -> int:
    """Return how many open protected cases the reader manages that nobody there may see."""
    statement = (
        select(func.count())
        .select_from(Case)
        .where(Case.office_id.in_(who.managed_office_ids), Case.is_protected.is_(True), _IS_OPEN)
        .where(not_(gate.has_keeper()))
    )
    return session.scalar(statement) or 0


def list_unread(session: Session, who: Who) -> tuple[BrokenGlass, ...]:
    """Return the looks nobody has taken note of yet, of cases this reader keeps; newest first."""
    return _list_broken(session, who, GlassBreak.seen_by.is_(None))


def list_acknowledged(session: Session, who: Who, limit: int = 20) -> tuple[BrokenGlass, ...]:
    """Return the newest looks that somebody has taken note of."""
    return _list_broken(session, who, GlassBreak.seen_by.is_not(None))[:limit]


def count_unread(session: Session, who: Who) -> int:
    """Return how many looks wait for this reader to take note of them."""
    if not gate.has_role(who):
        return 0
    unread = _broken(who, GlassBreak.seen_by.is_(None)).with_only_columns(func.count())
    return session.scalar(unread.order_by(None)) or 0


def find_opened_until(session: Session, who: Who, case: Case) -> datetime | None:
    """Return until when broken glass lets the reader look at a case they may not keep."""
    if who.at_utc is None or gate.may_keep(case, who):
        return None
    mine = GlassBreak.case_id == case.id, GlassBreak.staff_id == who.staff_id
    return session.scalar(
        select(GlassBreak.until_utc)
        .where(*mine, GlassBreak.until_utc > who.at_utc)
        .order_by(GlassBreak.until_utc.desc())
        .limit(1)
    )


def is_keepers(who: Who) -> ColumnElement[bool]:
    """Return the condition that a protected case is this reader's by their role."""
    at_office = Case.office_id.in_(who.protected_office_ids)
    return or_(at_office, gate.falls_to_centre(who), gate.is_double_of(who))


def _list_broken(
    session: Session, who: Who, wanted: ColumnElement[bool]
) -> tuple[BrokenGlass, ...]:
    if not gate.has_role(who):
        return ()
    rows = session.execute(_broken(who, wanted).limit(MOST))
    return tuple(BrokenGlass(*row) for row in rows)


def _broken(who: Who, wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    reader = aliased(StaffMember)
    return (
        select(
            GlassBreak.id,
            Case.number,
            GlassBreak.staff_id,
            StaffMember.name,
            GlassBreak.reason,
            GlassBreak.broken_utc,
            GlassBreak.until_utc,
            reader.name,
            GlassBreak.seen_utc,
        )
        .join(Case, Case.id == GlassBreak.case_id)
        .join(StaffMember, StaffMember.id == GlassBreak.staff_id)
        .outerjoin(reader, reader.id == GlassBreak.seen_by)
        .where(wanted, is_keepers(who), Case.wrapped_key.is_not(None))
        .order_by(GlassBreak.broken_utc.desc(), GlassBreak.id.desc())
    )
