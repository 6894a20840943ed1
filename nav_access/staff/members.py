"""Who works at an office, as its managers see and change it; an office keeps a manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.staff import rules
from nav_access.staff.accounts import Added, find_or_add
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.errors import AlreadyMember, HasManager, LastManager, MemberChanged
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.service import NewStaff


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is at an office."""

    role: StaffRole
    side: Side = Side.BOTH
    sees_protected: bool = False


@dataclass(frozen=True, slots=True)
class OfficeMember:
    """Somebody who works at an office; a disabled one cannot sign in."""

    staff_id: int
    name: str
    email: str
    is_disabled: bool
    standing: Standing


def list_members(session: Session, office_id: int) -> list[OfficeMember]:
    """Return those who work at an office, by name."""
    found = _MEMBERS.where(Membership.office_id == office_id)
    rows = session.execute(found.order_by(StaffMember.name, StaffMember.id))
    return [_member(member, held) for member, held in rows]


def get_member(session: Session, office_id: int, staff_id: int) -> OfficeMember:
    """Return somebody who works at an office; raises MemberChanged for who does not, or no more."""
    found = _MEMBERS.where(Membership.office_id == office_id, Membership.staff_id == staff_id)
    row = session.execute(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise MemberChanged
    return _member(*row)


def add_member(
    session: Session,
    office_id: int,
    new: NewStaff,
    standing: Standing,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
) -> Added:
    """Add somebody by e-mail: a new person with credentials, or one who works elsewhere already.

    Raises AlreadyMember, StaffDisabled, or AdministratorsHaveNoOffice.
    """
    added = find_or_add(session, new, actor=actor, keyring=keyring, now=now)
    rules.check_roles(added.site_roles, {office_id: standing.role})
    values = {"staff_id": added.staff_id, "office_id": office_id, **_columns(standing)}
    if insert_unless_taken(session, Membership, values) is None:
        raise AlreadyMember
    session.expire_all()
    _note(session, "staff.joined_office", added.staff_id, office_id, actor, now, standing)
    return added


def change_member(
    session: Session,
    office_id: int,
    staff_id: int,
    seen: Standing,
    wanted: Standing,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Give somebody another role, side or sight; raises LastManager or MemberChanged."""
    if get_member(session, office_id, staff_id).standing == wanted:
        return
    if wanted.role is not StaffRole.MANAGER:
        _keep_a_manager(session, office_id, staff_id)
    changed = session.execute(
        update(Membership)
        .where(*_as_seen(office_id, staff_id, seen))
        .values(**_columns(wanted))
        .returning(Membership.id)
        .execution_options(synchronize_session=False)
    )
    if changed.first() is None:
        raise MemberChanged
    session.expire_all()
    _note(session, "staff.standing_changed", staff_id, office_id, actor, now, wanted)


def end_member(
    session: Session,
    office_id: int,
    staff_id: int,
    seen: Standing,
    *,
    actor: str,
    now: datetime,
) -> None:
    """End somebody's work at an office, from their next request on; raises as `change_member`."""
    _keep_a_manager(session, office_id, staff_id)
    ended = session.execute(
        delete(Membership)
        .where(*_as_seen(office_id, staff_id, seen))
        .returning(Membership.id)
        .execution_options(synchronize_session=False)
    )
    if ended.first() is None:
        raise MemberChanged
    session.expire_all()
    _note(session, "staff.left_office", staff_id, office_id, actor, now, None)


def add_first_manager(
    session: Session, office_id: int, new: NewStaff, *, actor: str, keyring: Keyring, now: datetime
) -> Added:
    """Give an office the manager who adds its other people, as `add_member` does.

    Raises HasManager, also when that one's access has been ended: an administrator must not
    come by a second way into its cases.
    """
    managing = select(Membership.id).where(
        Membership.office_id == office_id, Membership.role == StaffRole.MANAGER
    )
    if session.scalars(managing.limit(1)).first() is not None:
        raise HasManager
    standing = Standing(StaffRole.MANAGER)
    return add_member(session, office_id, new, standing, actor=actor, keyring=keyring, now=now)


def list_without_manager(session: Session, staff_id: int) -> list[int]:
    """Return the offices that nobody would manage if this person could not sign in."""
    theirs = select(Membership.office_id).where(
        Membership.staff_id == staff_id, Membership.role == StaffRole.MANAGER
    )
    return [
        office_id
        for office_id in session.scalars(theirs.order_by(Membership.office_id))
        if not _others(_list_managers(session, office_id, is_locking=False), staff_id)
    ]


def _keep_a_manager(session: Session, office_id: int, staff_id: int) -> None:
    """Raise LastManager when nobody else manages the office; whoever asks next waits for us."""
    managers = _list_managers(session, office_id, is_locking=True)
    if staff_id in managers and not _others(managers, staff_id):
        raise LastManager


def _others(managers: Sequence[int], staff_id: int) -> set[int]:
    return set(managers) - {staff_id}


def _list_managers(session: Session, office_id: int, *, is_locking: bool) -> Sequence[int]:
    """Return who manages an office and can sign in."""
    found = (
        select(Membership.staff_id)
        .join(StaffMember, StaffMember.id == Membership.staff_id)
        .where(
            Membership.office_id == office_id,
            Membership.role == StaffRole.MANAGER,
            StaffMember.is_disabled.is_(False),
        )
        .order_by(Membership.id)
    )
    # Two managers who end each other's work at once: the second finds the first's is over.
    locked = found.with_for_update(of=Membership) if is_locking else found
    return session.scalars(locked).all()


def _as_seen(office_id: int, staff_id: int, seen: Standing) -> list[ColumnElement[bool]]:
    return [
        Membership.office_id == office_id,
        Membership.staff_id == staff_id,
        *(getattr(Membership, name) == value for name, value in _columns(seen).items()),
    ]


def _columns(standing: Standing) -> dict[str, object]:
    return {
        "role": standing.role,
        "side": standing.side,
        "sees_protected": standing.sees_protected,
    }


_MEMBERS = select(StaffMember, Membership).join(Membership, Membership.staff_id == StaffMember.id)


def _member(member: StaffMember, held: Membership) -> OfficeMember:
    standing = Standing(held.role, held.side, held.sees_protected)
    return OfficeMember(member.id, member.name, member.email, member.is_disabled, standing)


def _note(
    session: Session,
    action: str,
    staff_id: int,
    office_id: int,
    actor: str,
    now: datetime,
    standing: Standing | None,
) -> None:
    detail: dict[str, str | int | bool] = {"office": office_id}
    if standing is not None:
        detail |= {
            "role": standing.role,
            "side": standing.side,
            "protected": standing.sees_protected,
        }
    subject = f"staff:{staff_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail=detail)
