"""The lock before a door: only its people come in, others sign in first and come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from flask import Response, abort, g, request

from nav_access.core.db import Connection
from nav_access.staff import sessions
from nav_access.staff.rules import Who
from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.signed_in.admission import let_in, show_refused
from nav_access.web.shared.signed_in.choosing import find_choosing
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.drafts import keep_typed
from nav_access.web.shared.signed_in.pages import see_other
from nav_access.web.shared.signed_in.session import find_who, read_cookie
from nav_access.web.shared.signed_in.sign_in import show_locked

OPEN_TO_ALL = frozenset({"sign_in", "first", "provider", "provider_answer"})
"""Pages of every door for whoever is not signed in; `first` looks for itself who comes."""

SIGN_OUT = "sign_out"
"""Nothing is typed there, and it is for whoever is signed in, at their own door or not."""


def lock() -> Response | None:
    """Let only the door's people in; others sign in first and then come back here."""
    endpoint, is_read = request.endpoint, request.method in ("GET", "HEAD")
    if _page() in OPEN_TO_ALL or (is_read and endpoint in current_door().locked_themselves):
        return None
    return _admit(find_who())


@contextmanager
def reading() -> Iterator[Connection]:
    """Yield a connection for a page that only reads, whose reader is recognised in it.

    Recognising and reading are one state of the database, and half the work of two.
    """
    with sessions.reading(installation().database, read_cookie().token, now()) as (
        connection,
        found,
    ):
        refusal = _admit(found)
        if refusal is not None:
            abort(refusal)
        yield connection


def _admit(found: Who | None) -> Response | None:
    """Let somebody in who is signed in and belongs here; return what others get."""
    if found is not None:
        return None if let_in(found) or _page() == SIGN_OUT else show_refused(found)
    g.who = None
    if _page() == SIGN_OUT and find_choosing() is not None:
        return None
    if request.method == "POST" and _page() != SIGN_OUT:
        draft = keep_typed(may_come_back=request.endpoint in current_door().restores)
        if draft is not None:
            return show_locked(request.path, draft)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return see_other(f"{current_door().sign_in}?{urlencode({'next': wanted})}")


def _page() -> str:
    """Return the name of this page within its door."""
    return (request.endpoint or "").rpartition(".")[2]
