"""Whose a provider's identity is: found by e-mail the first time, by subject ever after."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.staff.models import StaffIdentity, StaffMember
from nav_access.staff.provider.errors import IdentityRefused, Why
from nav_access.staff.provider.rules import Identity
from nav_access.staff.queries import find_member_by_email


def find_person(session: Session, identity: Identity) -> StaffMember:
    """Return whose identity this is or, the first time, whose e-mail address; nobody is added.

    Raises IdentityRefused (UNKNOWN, DISABLED). Whether it may become theirs is for `link`.
    """
    linked = select(StaffMember).join(StaffIdentity, StaffIdentity.staff_id == StaffMember.id)
    is_theirs = StaffIdentity.subject == identity.subject
    member = session.scalars(
        linked.where(StaffIdentity.issuer == identity.issuer, is_theirs)
    ).one_or_none()
    if member is None and identity.email:
        member = find_member_by_email(session, identity.email)
    if member is None:
        raise IdentityRefused(Why.UNKNOWN)
    if member.is_disabled:
        raise IdentityRefused(Why.DISABLED)
    return member


def link(session: Session, staff_id: int, identity: Identity, *, now: datetime) -> None:
    """Remember the person's identity, when it is new.

    Raises IdentityRefused (SOMEBODY_ELSES) when the provider knows the person as another.
    """
    values = {
        "issuer": identity.issuer,
        "subject": identity.subject,
        "staff_id": staff_id,
        "since_utc": now,
    }
    if insert_unless_taken(session, StaffIdentity, values) is not None:
        whose = f"staff:{staff_id}"
        audit.record(session, now=now, actor=whose, action="staff.identity_linked", subject=whose)
        return
    # Somebody was quicker, or it was known: it must be this person's and no other's.
    held = select(StaffIdentity.staff_id).where(
        StaffIdentity.issuer == identity.issuer, StaffIdentity.subject == identity.subject
    )
    if session.scalars(held).one_or_none() != staff_id:
        raise IdentityRefused(Why.SOMEBODY_ELSES)


def forget(session: Session, staff_id: int) -> None:
    """Forget who a person is to every provider."""
    session.execute(delete(StaffIdentity).where(StaffIdentity.staff_id == staff_id))
