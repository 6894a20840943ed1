"""What a manager looks after at their office, with the way to each."""

from flask import Response

from nav_access.web.desk.office.choosing import choose
from nav_access.web.desk.pages import show_desk
from nav_access.web.shared.installation import read_session


def overview() -> Response:
    """Show the ways to everything a manager can change."""
    with read_session() as session:
        chosen = choose(session)
    return show_desk("office/overview.html", chosen=chosen)
