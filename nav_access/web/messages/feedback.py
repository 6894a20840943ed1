"""Looking after what people wrote about the pages: whom to tell that it waits."""

from datetime import datetime

from nav_access.core.db import Session
from nav_access.feedback import clock
from nav_access.staff.accounts import list_administrators
from nav_access.web.shared.installation import Installation


def look_after_feedback(site: Installation, now: datetime) -> int:
    """Tell of what waits too long, and delete what is old; return how many were told of."""
    with site.database.read_session() as session:
        if not clock.is_work_due(session, now):
            return 0
    with site.database.unit_of_work() as session:
        clock.forget_old(session, now=now)
        return clock.tell_late(session, _addresses(site, session), keyring=site.keyring, now=now)


def _addresses(site: Installation, session: Session) -> tuple[str, ...]:
    """Return who is told: the address that was set, else all who run the site."""
    chosen = site.settings.messages.feedback_to
    return (chosen,) if chosen else list_administrators(session)
