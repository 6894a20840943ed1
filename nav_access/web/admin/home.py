"""The first page of those who administer the site: what waits for a second person, and the ways."""

from flask import Response

from nav_access.feedback.queries import count_waiting
from nav_access.staff.notices import list_unwitnessed
from nav_access.web.admin.confirm import show
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.notices import say_notices


def home() -> Response:
    """Show what waits, what nobody else is told, and what there is to look after."""
    with read_session() as session:
        notices = say_notices(session, list_unwitnessed(session, now()))
        written, late = count_waiting(session, now())
    return show(None, 200, "admin/home.html", notices=notices, written=written, late=late)
