"""Who has an account, as a system administrator sees it: names and places of work, no cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, or_, select, type_coerce
from sqlalchemy.orm import Session, selectinload

from nav_access.core.security.keyring import Keyring
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import LastAdministrator, StaffDisabled, WorksAtOffice
from nav_access.staff.models import StaffMember
from nav_access.staff.queries import find_member_by_email, get_member, hold_member
from nav_access.staff.rules import normal_email
from nav_access.staff.service import Credentials, NewStaff

MOST = 50


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has, or had, an account; `offices` says what they are where, by id."""

    staff_id: int
    name: str
    email: str
    is_disabled: bool
    site_roles: tuple[StaffRole, ...]
    offices: tuple[tuple[int, StaffRole], ...]
    handed_out_until_utc: datetime | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added; credentials only for somebody who had none."""

    staff_id: int
    name: str
    site_roles: frozenset[StaffRole]
    credentials: Credentials | None


def find_or_add(
    session: Session, new: NewStaff, *, actor: str, keyring: Keyring, now: datetime
) -> Added:
    """Return the account with this e-mail, made when there is none; raises StaffDisabled.

    Whoever gives the same person a place at this moment waits, and then sees ours: held before
    anything names the person, or two would wait for each other.
    """
    known = find_member_by_email(session, new.email)
    if known is None:
        given = service.add(session, new, actor=actor, keyring=keyring, now=now)
        return Added(given.staff_id, new.name.strip(), new.site_roles, given)
    hold_member(session, known.id)
    if known.is_disabled:
        raise StaffDisabled
    return Added(known.id, known.name, frozenset(map(StaffRole, known.site_roles)), None)


def reset_account(
    session: Session,
    staff_id: int,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
    once: bytes | None = None,
) -> Credentials:
    """Give new credentials, and the access again, to somebody who works at no office.

    Raises ChosenSince as `service.reset` does, and WorksAtOffice: with a caseworker's credentials
    an administrator could read cases.
    """
    if get_member(session, staff_id).memberships:
        raise WorksAtOffice
    return service.reset(
        session, staff_id, actor=actor, keyring=keyring, now=now, may_enable=True, once=once
    )


def disable_account(session: Session, staff_id: int, *, actor: str, now: datetime) -> None:
    """End somebody's access; raises LastAdministrator, or StaffNotFound.

    Who asks next waits for us, so that two administrators do not end each other's.
    """
    running = session.scalars(
        select(StaffMember.id)
        .where(
            type_coerce(StaffMember.site_roles, String).contains(StaffRole.ADMINISTRATOR.value),
            StaffMember.is_disabled.is_(False),
        )
        .order_by(StaffMember.id)
        .with_for_update()
    ).all()
    if list(running) == [staff_id]:
        raise LastAdministrator
    service.disable(session, staff_id, actor=actor, now=now)


def list_accounts(session: Session, asked: str = "", *, most: int = MOST) -> list[Account]:
    """Return accounts whose name or e-mail holds what was asked, by name; `most` of them."""
    found = (
        select(StaffMember)
        .options(selectinload(StaffMember.memberships))
        .order_by(StaffMember.name, StaffMember.id)
        .limit(most)
    )
    text = normal_email(asked)
    if text:
        by_name = StaffMember.name.icontains(asked.strip(), autoescape=True)
        found = found.where(or_(StaffMember.email.contains(text, autoescape=True), by_name))
    return [_account(member) for member in session.scalars(found)]


def get_account(session: Session, staff_id: int) -> Account:
    """Return one account; raises StaffNotFound."""
    return _account(get_member(session, staff_id))


def list_offices_of(accounts: Sequence[Account]) -> set[int]:
    """Return the ids of all offices these people work at."""
    return {office_id for account in accounts for office_id, _ in account.offices}


def _account(member: StaffMember) -> Account:
    return Account(
        member.id,
        member.name,
        member.email,
        member.is_disabled,
        tuple(StaffRole(role) for role in member.site_roles),
        tuple((held.office_id, held.role) for held in member.memberships),
        member.handed_out_until_utc,
    )


def list_administrators(session: Session) -> tuple[str, ...]:
    """Return the addresses of all who run the site and can sign in, in order."""
    found = select(StaffMember.email).where(
        StaffMember.is_disabled.is_(False),
        type_coerce(StaffMember.site_roles, String).contains(StaffRole.ADMINISTRATOR.value),
    )
    return tuple(session.scalars(found.order_by(StaffMember.email)))
