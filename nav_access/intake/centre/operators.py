"""Who is an operator of the contact centre: by role, or because they work at its office."""

from dataclasses import replace

from sqlalchemy.orm import Session

from nav_access.intake.centre.rules import is_operator
from nav_access.offices.kinds import has_contact_centre
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who


def find_operator(session: Session, who: Who) -> Who | None:
    """Return somebody as the operator they are, with the role; None when they are none."""
    if is_operator(who):
        return who
    if has_contact_centre(session, who.office_ids):
        return replace(who, roles=who.roles | {StaffRole.OPERATOR})
    return None
