"""Who comes in at the partners' door: somebody whom an agency with a valid agreement names."""

from nav_access.core.db import Session
from nav_access.intake.acting.sight import find_acting_member
from nav_access.partners.queries import is_of_organisation
from nav_access.partners.rules import Membership
from nav_access.staff.rules import Who
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.session import admitted


def admit(who: Who) -> Membership | None:
    """Return for which agency somebody works now; None when for none."""
    with read_session() as session:
        return find_acting_member(session, who, now())


def is_organisations(session: Session, staff_id: int, organisation: str) -> bool:
    """Say whether somebody works now for the agency with this organisation number."""
    return is_of_organisation(session, staff_id, organisation, now())


def membership() -> Membership:
    """Return the membership of whoever is at work; the lock has made sure that there is one."""
    found = admitted()
    if not isinstance(found, Membership):
        raise TypeError("nobody of an agency is signed in")
    return found
