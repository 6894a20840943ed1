"""The partners' first page: the people one helps."""

from flask import Response

from nav_access.web.partner.access import membership
from nav_access.web.shared.signed_in.pages import show_at_door


def home() -> Response:
    """Show whom the reader's agency helps."""
    return show_at_door("partner/home.html", membership=membership())
