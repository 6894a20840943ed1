"""The lock before the desk: only signed-in staff come in, others sign in first and come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from flask import Response, abort, g, request

from nav_access.core.db import Connection
from nav_access.staff import sessions
from nav_access.staff.rules import Who
from nav_access.web.desk.drafts import keep_typed
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.restores import RESTORES
from nav_access.web.desk.session import find_who, read_cookie
from nav_access.web.desk.sign_in import show_locked
from nav_access.web.shared.installation import installation, now

OPEN_TO_ALL = frozenset({"desk.sign_in"})
LOCKED_THEMSELVES = frozenset({"desk.queue"})
"""Pages that do nothing before they have entered `reading`; asked for in another way, they wait."""


NOTHING_TYPED = frozenset({"desk.sign_out"})


def lock() -> Response | None:
    """Let only signed-in staff in; others sign in first and then come back here."""
    endpoint, is_read = request.endpoint, request.method in ("GET", "HEAD")
    if endpoint in OPEN_TO_ALL or (is_read and endpoint in LOCKED_THEMSELVES):
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
    """Remember who is at work; return the way to sign in for somebody who is not."""
    g.who = found
    if found is not None:
        return None
    if request.method == "POST" and request.endpoint not in NOTHING_TYPED:
        draft = keep_typed(may_come_back=request.endpoint in RESTORES)
        if draft is not None:
            return show_locked(request.path, draft)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return see_other(f"/desk/sign-in?{urlencode({'next': wanted})}")
