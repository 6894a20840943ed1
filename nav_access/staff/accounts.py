"""Who has an account, as a system administrator sees it: names and places of work, no cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from nav_access.staff.queries import get_member
from nav_access.staff.rules import normal_email

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
    )
