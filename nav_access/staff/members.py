"""Who works at an office, as its managers see and change it; an office keeps a manager."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.staff import notices, queries, rules, service
from nav_access.staff.accounts import Added, find_or_add
from nav_access.staff.codes import NoticeKind, Side, StaffRole
from nav_access.staff.errors import (
    AlreadyMember,
    HasManager,
    MemberChanged,
    NotForOneself,
    WorksElsewhere,
)
from nav_access.staff.managing import keep_a_manager, list_managers, make_keeper
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.rules import staff_id_of
from nav_access.staff.service import Credentials, NewStaff


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
    handed_out_until_utc: datetime | None = None
    """Until when they can sign in for the first time; None for who has chosen their own."""


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

    Raises AlreadyMember, StaffDisabled, NotForOneself or AdministratorsHaveNoOffice.
    """
    added = find_or_add(session, new, actor=actor, keyring=keyring, now=now)
    rules.check_roles(added.site_roles, {office_id: standing.role})
    values = {"staff_id": added.staff_id, "office_id": office_id, **_columns(standing)}
    if insert_unless_taken(session, Membership, values) is None:
        raise AlreadyMember
    session.expire_all()
    _note(session, "staff.joined_office", added.staff_id, office_id, actor, now, standing)
    if standing.sees_protected:
        make_keeper(session, office_id, added.staff_id, actor, now)
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
    """Give somebody another role, side or sight.

    Raises LastManager, NotForOneself or MemberChanged.
    """
    if get_member(session, office_id, staff_id).standing == wanted:
        return
    if wanted.role is not StaffRole.MANAGER:
        keep_a_manager(session, office_id, staff_id)
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
    if wanted.sees_protected and not seen.sees_protected:
        make_keeper(session, office_id, staff_id, actor, now)


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
    keep_a_manager(session, office_id, staff_id)
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
    """Give an office that has none who can sign in the manager who adds its other people.

    Somebody who works there already becomes the manager. All who work there are told. Raises
    HasManager, StaffDisabled, or AdministratorsHaveNoOffice.
    """
    if list_managers(session, office_id, is_locking=True):
        raise HasManager
    standing = Standing(StaffRole.MANAGER)
    try:
        added = add_member(session, office_id, new, standing, actor=actor, keyring=keyring, now=now)
    except AlreadyMember:
        added = _promote(session, office_id, new.email, actor, now)
    notices.tell(session, NoticeKind.MANAGER, office_id, added.staff_id, actor=actor, now=now)
    return added


def renew_member(
    session: Session,
    office_id: int,
    staff_id: int,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
    once: bytes | None = None,
) -> Credentials:
    """Give somebody of this office alone new credentials for a first sign-in.

    Raises MemberChanged for who does not work here, NotForOneself, StaffDisabled,
    ChosenSince, and WorksElsewhere: no manager may come by what opens another office or the
    whole site.
    """
    held = get_member(session, office_id, staff_id)
    if staff_id_of(actor) == staff_id:
        raise NotForOneself
    person = queries.get_member(session, staff_id)
    if person.site_roles or {one.office_id for one in person.memberships} != {office_id}:
        raise WorksElsewhere
    given = service.reset(session, staff_id, actor=actor, keyring=keyring, now=now, once=once)
    if held.standing.sees_protected:
        kind = NoticeKind.KEEPER_RENEWED
        notices.tell(session, kind, office_id, staff_id, actor=actor, now=now)
    return given


def _promote(session: Session, office_id: int, email: str, actor: str, now: datetime) -> Added:
    """Make somebody who works at the office its manager; the rest of what they are stays."""
    person = queries.get_member_by_email(session, email)
    seen = get_member(session, office_id, person.id).standing
    wanted = replace(seen, role=StaffRole.MANAGER)
    change_member(session, office_id, person.id, seen, wanted, actor=actor, now=now)
    return Added(person.id, person.name, frozenset(), None)


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
    return OfficeMember(
        member.id,
        member.name,
        member.email,
        member.is_disabled,
        standing,
        member.handed_out_until_utc,
    )


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
