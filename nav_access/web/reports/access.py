"""Who comes in where figures are read: supervisors, and managers for their own offices."""

from nav_access.staff.rules import Who
from nav_access.stats.scope import Reader, reader_of
from nav_access.web.shared.signed_in.session import admitted


def admit(who: Who) -> Reader | None:
    """Return what somebody may read; None for whoever may read nothing here."""
    return reader_of(who)


def reader() -> Reader:
    """Return who reads; the lock has made sure that somebody does."""
    found = admitted()
    if not isinstance(found, Reader):
        raise TypeError("the door has not been entered")
    return found
