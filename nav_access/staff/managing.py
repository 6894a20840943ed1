"""Who an office must not be without, and who gets its role for protected persons.

Nobody gives themself that role while somebody else could have seen it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.staff import notices
from nav_access.staff.codes import NoticeKind, StaffRole
from nav_access.staff.errors import LastManager, NotForOneself
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.rules import staff_id_of


def list_without_manager(session: Session, staff_id: int) -> list[int]:
    """Return the offices that nobody would manage if this person could not sign in."""
    theirs = select(Membership.office_id).where(
        Membership.staff_id == staff_id, Membership.role == StaffRole.MANAGER
    )
    return [
        office_id
        for office_id in session.scalars(theirs.order_by(Membership.office_id))
        if not _others(list_managers(session, office_id, is_locking=False), staff_id)
    ]


def keep_a_manager(session: Session, office_id: int, staff_id: int) -> None:
    """Raise LastManager when nobody else manages the office; whoever asks next waits for us."""
    managers = list_managers(session, office_id, is_locking=True)
    if staff_id in managers and not _others(managers, staff_id):
        raise LastManager


def make_keeper(session: Session, office_id: int, staff_id: int, actor: str, now: datetime) -> None:
    """Tell the others who looks after protected persons now.

    Raises NotForOneself for who gives themself the role where somebody else manages the office
    or has it: alone, they would wait for nobody, and those who run the site are told.
    """
    if staff_id_of(actor) == staff_id and _others(
        [*list_managers(session, office_id, is_locking=True), *_list_keepers(session, office_id)],
        staff_id,
    ):
        raise NotForOneself
    notices.tell(session, NoticeKind.KEEPER, office_id, staff_id, actor=actor, now=now)


def _list_keepers(session: Session, office_id: int) -> Sequence[int]:
    """Return who looks after protected persons at an office, and can sign in."""
    found = (
        select(Membership.staff_id)
        .join(StaffMember, StaffMember.id == Membership.staff_id)
        .where(
            Membership.office_id == office_id,
            Membership.sees_protected,
            StaffMember.is_disabled.is_(False),
        )
    )
    return session.scalars(found).all()


def _others(managers: Sequence[int], staff_id: int) -> set[int]:
    return set(managers) - {staff_id}


def list_managers(session: Session, office_id: int, *, is_locking: bool) -> Sequence[int]:
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
