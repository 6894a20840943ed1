"""Who comes in where the site is administered: its administrators, who never read cases."""

from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who


def admit(who: Who) -> Who | None:
    """Return an administrator; None for anybody else."""
    return who if StaffRole.ADMINISTRATOR in who.roles else None
