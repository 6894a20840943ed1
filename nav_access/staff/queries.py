"""Reading about staff."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from nav_access.staff.errors import StaffNotFound
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.rules import normal_email

_MEMBERS = select(StaffMember).options(selectinload(StaffMember.memberships))


def get_member(session: Session, staff_id: int) -> StaffMember:
    """Return a person with their memberships; raise StaffNotFound."""
    member = session.scalars(_MEMBERS.where(StaffMember.id == staff_id)).one_or_none()
    if member is None:
        raise StaffNotFound
    return member


def get_member_by_email(session: Session, email: str) -> StaffMember:
    """Return a person with their memberships; raise StaffNotFound."""
    member = find_member_by_email(session, email)
    if member is None:
        raise StaffNotFound
    return member


def find_member_by_email(session: Session, email: str) -> StaffMember | None:
    """Return a person with their memberships, or None."""
    found = session.scalars(_MEMBERS.where(StaffMember.email == normal_email(email)))
    return found.one_or_none()


def hold_member(session: Session, staff_id: int) -> None:
    """Let whoever decides about the same person at this moment wait for us."""
    session.execute(select(StaffMember.id).where(StaffMember.id == staff_id).with_for_update())


def find_names(session: Session, staff_ids: Collection[int]) -> dict[int, str]:
    """Return the names of those people that exist, by id."""
    found = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(staff_ids))
    return {row.id: row.name for row in session.execute(found)}


def list_office_staff(session: Session, office_id: int) -> list[StaffMember]:
    """Return those who work at an office and may sign in, by name."""
    return list(
        session.scalars(
            select(StaffMember)
            .join(Membership, Membership.staff_id == StaffMember.id)
            .where(Membership.office_id == office_id, StaffMember.is_disabled.is_(False))
            .order_by(StaffMember.name, StaffMember.id)
        )
    )
