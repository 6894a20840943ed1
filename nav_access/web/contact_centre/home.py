"""The contact centre's first page: it begins with who is calling."""

from flask import Response

from nav_access.web.shared.signed_in.pages import show_at_door


def home() -> Response:
    """Show where a call begins."""
    return show_at_door("contact_centre/home.html")
