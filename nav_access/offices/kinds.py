"""What kind of place an office is, asked without reading all of it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office


def has_contact_centre(session: Session, office_ids: Collection[int]) -> bool:
    """Say whether the contact centre is among these offices."""
    if not office_ids:
        return False
    wanted = select(Office.id).where(
        Office.id.in_(office_ids), Office.kind == OfficeKind.CONTACT_CENTRE
    )
    return session.scalars(wanted).first() is not None
