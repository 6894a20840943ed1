"""What others offer to the reader's side and offices, and that waits for an answer."""

from flask import Response

from nav_access.intake.sides.queries import list_offers
from nav_access.web.desk.pages import show_desk
from nav_access.web.shared.installation import read_session
from nav_access.web.shared.signed_in.session import who


def offers() -> Response:
    """List the offers, the most urgent case first."""
    with read_session() as session:
        found = list_offers(session, who())
    return show_desk("offers.html", offers=found)
