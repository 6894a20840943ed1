"""The first page of those who administer the site."""

from flask import Response

from nav_access.web.shared.signed_in.pages import show_at_door


def home() -> Response:
    """Show what there is to look after."""
    return show_at_door("admin/home.html")
