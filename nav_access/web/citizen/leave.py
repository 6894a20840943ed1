"""Leave quickly: away to a page about the weather, and what the browser remembers all the same."""

from flask import Response

from nav_access.core.facts import load_facts
from nav_access.web.shared.pages import LONG, show


def leave() -> Response:
    """Send the browser elsewhere at once."""
    away = {"Location": load_facts().leave_address, "Cache-Control": "no-store"}
    return Response(status=303, headers=away)


def leaving() -> Response:
    """Say what leaving does, what the browser remembers, and how to erase that."""
    return show("citizen/leaving.html", keep=LONG)
