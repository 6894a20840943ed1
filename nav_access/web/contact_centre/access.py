"""Who comes in at the contact centre's door: its operators, and those who work at its office."""

from nav_access.offices.kinds import has_contact_centre
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who
from nav_access.web.shared.installation import read_session


def admit(who: Who) -> Who | None:
    """Return an operator; None for anybody else."""
    if StaffRole.OPERATOR in who.roles:
        return who
    with read_session() as session:
        return who if has_contact_centre(session, who.office_ids) else None
