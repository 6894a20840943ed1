"""Who comes in at the contact centre's door: its operators, and those who work at its office."""

from nav_access.intake.centre.operators import find_operator
from nav_access.staff.rules import Who
from nav_access.web.shared.installation import read_session
from nav_access.web.shared.signed_in.session import admitted


def admit(who: Who) -> Who | None:
    """Return an operator; None for anybody else."""
    with read_session() as session:
        return find_operator(session, who)


def operator() -> Who:
    """Return the operator at work; the lock has made sure that there is one."""
    found = admitted()
    if not isinstance(found, Who):
        raise TypeError("the door has not been entered")
    return found
