"""What the others at an office are told about somebody there: for a while, whatever follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.staff.codes import NoticeKind, StaffRole
from nav_access.staff.models import Membership, StaffMember, StaffNotice
from nav_access.staff.rules import Who, staff_id_of

TOLD_FOR = timedelta(days=14)
"""Over a fortnight's leave."""
MOST = 50

_ABOUT_OPERATORS = (NoticeKind.OPERATOR, NoticeKind.OPERATOR_RENEWED)
_ABOUT_KEEPERS = (NoticeKind.KEEPER, NoticeKind.KEEPER_RENEWED)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about somebody at an office; `given_by` is nobody where a command did it."""

    kind: NoticeKind
    office_id: int
    staff_id: int
    name: str
    given_by: str | None
    at_utc: datetime
    is_own: bool
    """Whether they did it themself."""


def tell(
    session: Session,
    kind: NoticeKind,
    office_id: int,
    staff_id: int,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Note what the others at an office are told from now on."""
    giver = staff_id_of(actor)
    notice = StaffNotice(
        kind=kind, office_id=office_id, staff_id=staff_id, given_by=giver, at_utc=now
    )
    session.add(notice)
    session.flush()


def list_notices(session: Session, who: Who, now: datetime) -> list[Notice]:
    """Return what this reader is told, the newest first; not what they did themself.

    Who has the role for protected persons, or manages the office, is told who gets it; who
    works there, whom those who run the site make a manager.
    """
    watched = who.protected_office_ids | who.managed_office_ids
    if not who.office_ids:
        return []
    is_theirs = or_(
        and_(StaffNotice.kind.in_(_ABOUT_KEEPERS), StaffNotice.office_id.in_(watched)),
        and_(StaffNotice.kind == NoticeKind.MANAGER, StaffNotice.office_id.in_(who.office_ids)),
    )
    return [_notice(row) for row in _list(session, now, is_theirs, _is_of_others(who))]


def list_about_operators(session: Session, who: Who, now: datetime) -> list[Notice]:
    """Return what operators are told about the other operators, the newest first."""
    is_theirs = StaffNotice.kind.in_(_ABOUT_OPERATORS)
    return [_notice(row) for row in _list(session, now, is_theirs, _is_of_others(who))]


def _is_of_others(who: Who) -> ColumnElement[bool]:
    """Return the condition that neither is it about the reader nor did they do it."""
    return and_(
        StaffNotice.staff_id != who.staff_id,
        StaffNotice.given_by.is_distinct_from(who.staff_id),
    )


def list_unwitnessed(session: Session, now: datetime) -> list[Notice]:
    """Return who got the role for protected persons where nobody else at the office is told."""
    rows = _list(session, now, StaffNotice.kind.in_(_ABOUT_KEEPERS))
    told = _list_told(session, {row.office_id for row in rows})
    return [
        _notice(row)
        for row in rows
        if not told.get(row.office_id, set()) - {row.staff_id, row.giver_id}
    ]


def _list_told(session: Session, office_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return, by office, who manages it or has the role, and can sign in."""
    found = (
        select(Membership.office_id, Membership.staff_id)
        .join(StaffMember, StaffMember.id == Membership.staff_id)
        .where(
            Membership.office_id.in_(sorted(office_ids)),
            or_(Membership.role == StaffRole.MANAGER, Membership.sees_protected),
            StaffMember.is_disabled.is_(False),
        )
    )
    told: dict[int, set[int]] = {}
    for office_id, staff_id in session.execute(found):
        told.setdefault(office_id, set()).add(staff_id)
    return told


_GIVER = aliased(StaffMember)


def _list(
    session: Session, now: datetime, *conditions: ColumnElement[bool]
) -> list[Row[*tuple[object, ...]]]:
    found = (
        select(
            StaffNotice.kind,
            StaffNotice.office_id,
            StaffNotice.staff_id,
            StaffNotice.at_utc,
            StaffMember.name,
            _GIVER.id.label("giver_id"),
            _GIVER.name.label("giver"),
        )
        .join(StaffMember, StaffMember.id == StaffNotice.staff_id)
        .outerjoin(_GIVER, _GIVER.id == StaffNotice.given_by)
        .where(StaffNotice.at_utc > now - TOLD_FOR, *conditions)
        .order_by(StaffNotice.at_utc.desc(), StaffNotice.id.desc())
        .limit(MOST)
    )
    return list(session.execute(found))


def _notice(row: Row[*tuple[object, ...]]) -> Notice:
    return Notice(
        kind=row.kind,
        office_id=row.office_id,
        staff_id=row.staff_id,
        name=row.name,
        given_by=row.giver,
        at_utc=row.at_utc,
        is_own=row.giver_id == row.staff_id,
    )
