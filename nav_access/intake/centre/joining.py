"""Operators who come: the others at the contact centre are told, who know who belongs there."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.queries import get_contact_centre
from nav_access.staff import accounts, notices, service
from nav_access.staff.codes import NoticeKind, StaffRole
from nav_access.staff.service import Credentials, NewStaff


def add_for_site(
    session: Session, new: NewStaff, *, actor: str, keyring: Keyring, now: datetime
) -> Credentials:
    """Add somebody who works for the whole site, as `service.add` does."""
    given = service.add(session, new, actor=actor, keyring=keyring, now=now)
    if StaffRole.OPERATOR in new.site_roles:
        _tell(session, NoticeKind.OPERATOR, given.staff_id, actor, now)
    return given


def renew(
    session: Session, staff_id: int, *, actor: str, keyring: Keyring, now: datetime, once: bytes
) -> Credentials:
    """Make new credentials, as `accounts.reset_account` does."""
    given = accounts.reset_account(
        session, staff_id, actor=actor, keyring=keyring, now=now, once=once
    )
    if StaffRole.OPERATOR in accounts.get_account(session, staff_id).site_roles:
        _tell(session, NoticeKind.OPERATOR_RENEWED, staff_id, actor, now)
    return given


def _tell(session: Session, kind: NoticeKind, staff_id: int, actor: str, now: datetime) -> None:
    try:
        centre = get_contact_centre(session)
    except OfficeNotFound:
        # Before the first import: there are no cases yet either.
        return
    notices.tell(session, kind, centre.id, staff_id, actor=actor, now=now)
