"""Making a desk page: the desk's own templates and words."""

from typing import Any

from flask import Response

from nav_access.web.desk import wording
from nav_access.web.shared.signed_in.pages import sayings, see_other, show_at_door

__all__ = ["sayings", "see_other", "show_desk"]


def show_desk(template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a desk page."""
    return show_at_door(f"desk/{template}", status=status, wording=wording, **context)
