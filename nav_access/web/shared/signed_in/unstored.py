"""What somebody who is signed in reads when the database is away: their words, to be copied."""

from flask import Response, g

from nav_access.core.db import DatabaseUnavailable
from nav_access.web.shared.errors import answer_unavailable
from nav_access.web.shared.signed_in.drafts import list_typed
from nav_access.web.shared.signed_in.pages import show_at_door


def show_unstored(error: DatabaseUnavailable) -> Response:
    """Say that nothing was stored and what to do; the words typed stand there to be copied."""
    plain = answer_unavailable(error)
    typed = list_typed() if g.get("who") else ()
    if not typed:
        return plain
    return show_at_door("signed_in/unstored.html", status=503, typed=typed)
