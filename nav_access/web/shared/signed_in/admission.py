"""Whether somebody who is signed in has business at this door, and what is said when not."""

from flask import Response, g

from nav_access.staff.rules import Who
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.drafts import list_typed
from nav_access.web.shared.signed_in.pages import show_at_door


def let_in(found: Who) -> bool:
    """Remember who is at work; say whether the door is theirs."""
    g.who, g.admitted = found, current_door().admit(found)
    return g.admitted is not None


def show_refused(found: Who) -> Response:
    """Say that this door is not theirs, and how somebody else signs in.

    It may have been theirs when they opened the page: what they typed stands there to be copied.
    """
    g.who = None
    typed = list_typed()
    return show_at_door("signed_in/refused.html", status=403, person=found, typed=typed)
