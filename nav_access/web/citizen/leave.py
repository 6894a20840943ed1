"""Leave quickly: away to a page about the weather, with nothing of ours kept."""

from flask import Response

from nav_access.core.facts import load_facts


def leave() -> Response:
    """Send the browser elsewhere at once."""
    away = {"Location": load_facts().leave_address, "Cache-Control": "no-store"}
    return Response(status=303, headers=away)
