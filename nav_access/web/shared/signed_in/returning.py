"""Where to go on after signing in: a page of the same door, whatever was asked for."""

import re
from collections.abc import Mapping

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from nav_access.web.shared.signed_in.door import Door

_ADDRESS = re.compile(r"(/[a-z0-9/_-]*)(\?[A-Za-z0-9=&._%+-]*)?", re.ASCII)

NOT_NEXT = frozenset({"sign_in", "first", "provider_answer"})
"""What somebody who has signed in does not go on to."""


def find_page(door: Door, path: str) -> tuple[str, Mapping[str, object]] | None:
    """Return the endpoint and values of a page of the door that can be opened, or None."""
    adapter = current_app.create_url_adapter(request)
    try:
        found = adapter.match(path, method="GET") if adapter else None
    except HTTPException:
        return None
    return found if found and found[0].startswith(f"{door.name}.") else None


def safe_next(door: Door, address: str) -> str:
    """Return where to go after signing in: a page of this door, else its first one."""
    asked = _ADDRESS.fullmatch(address)
    page = find_page(door, asked[1]) if asked else None
    is_next = page is not None and page[0] not in map(door.endpoint, NOT_NEXT)
    return address if is_next else door.home
