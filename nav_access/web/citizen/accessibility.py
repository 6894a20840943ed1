"""The accessibility statement: what was tested and how, what is known to lack, how to tell us."""

from flask import Response

from nav_access.web.shared.pages import LONG, show


def accessibility() -> Response:
    """Show the statement."""
    return show("citizen/accessibility.html", keep=LONG)
