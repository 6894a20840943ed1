"""The first page of those who administer the site: what waits for a second person, and the ways."""

from flask import Response

from nav_access.web.admin.confirm import show


def home() -> Response:
    """Show what waits, and what there is to look after."""
    return show(None, 200, "admin/home.html")
