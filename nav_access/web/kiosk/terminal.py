"""Which terminal asks, the visit that goes on at it, and how a visit ends."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_hex

from flask import Response, g, request

from nav_access.core.i18n.wording import N_
from nav_access.core.security.tokens import BadToken
from nav_access.kiosk import terminals
from nav_access.kiosk.terminals import AtTerminal
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.forms import TOKEN, PublicForm
from nav_access.web.shared.installation import installation, now, read_session, unit_of_work
from nav_access.web.shared.pages import show
from nav_access.web.shared.signed_in.session import is_secure

COOKIE = "kiosk"
VISIT = "v"
CARRIED = "k"
LONGEST_S = 400 * 24 * 3600
"""A terminal stays one until staff end it; no browser keeps a cookie longer than this, and each
end of a visit begins the time anew."""

OPEN_TO_ALL = frozenset({"kiosk.register", "kiosk.register_sent", "kiosk.trouble"})
ENDINGS = frozenset({"kiosk.finish"})
"""Pages that need no good form: pressing them ends the visit, whoever's it was."""


class VisitForm(PublicForm):
    """A form of the visit that goes on: once it is over, nobody can send it."""

    @property
    def scope(self) -> str:  # type: ignore[override]  # a value of the visit, not of the class
        """The scope of this visit's tokens."""
        return visit_scope()


class RegisterForm(PublicForm):
    """The one-time code that staff read off the desk's page."""

    scope = "register"

    code = TextField(most=40)

    def refuse(self) -> None:
        """Ask for another code."""
        self.code.errors = [N_("The code does not work. Get a new one at the desk.")]


def at() -> AtTerminal:
    """Return the terminal that asks; the lock has made sure that it is one of the office's."""
    found: AtTerminal = g.terminal
    return found


def visit_scope() -> str:
    """Return the scope of everything sealed or signed for the visit that goes on.

    The cookie is part of it: a new one ends the visit even while the database takes nothing.
    """
    return f"kiosk:{at().visit}:{g.get('mark') or request.cookies.get(VISIT, '')}"


def lock() -> Response | None:
    """Let registered terminals in; a form of a visit that is over leads to the start."""
    if request.endpoint in OPEN_TO_ALL or request.method == "OPTIONS":
        return None
    slug, secret = g.slug, request.cookies.get(COOKIE, "")
    with read_session() as session:
        found = terminals.find_terminal(session, slug, secret) if secret else None
    if found is None:
        return show_not_set_up()
    g.terminal = found
    is_dead = request.method == "POST" and request.endpoint not in ENDINGS and not _is_of_visit()
    return go(f"/kiosk/{slug}/") if is_dead else None


def _is_of_visit() -> bool:
    try:
        token = installation().form_tokens.read(request.form.get(TOKEN, ""), now(), visit_scope())
    except BadToken:
        return False
    return not token.is_expired


def show_not_set_up(form: PublicForm | None = None, status: int = 403) -> Response:
    """Return what a browser sees that is no terminal: a number to ring, the way to the site.

    One that was a terminal stands in a reception still: from there no way leads to the site,
    whose pages would keep what is typed.
    """
    g.is_kiosk_page = True
    asked = form or RegisterForm(formdata=None)
    return show(
        "kiosk/register.html",
        status=status,
        stylesheet="kiosk",
        form=asked,
        token=asked.token_to_show(),
        is_error=status == 422,
        was_one=COOKIE in request.cookies,
    )


def go(address: str) -> Response:
    """Send the browser on."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def renew() -> None:
    """End the visit that was: nothing made for it opens anything any more.

    The answer has to be given to `mark_new`.
    """
    g.mark = token_hex(4)
    with unit_of_work() as session:
        visit = terminals.end_visit(session, at())
    g.terminal = replace(at(), visit=visit, kept_token=None)


def mark_new(response: Response, slug: str | None = None) -> Response:
    """Give the browser a new cookie: only that keeps it from showing the last visit by Back."""
    return _set(response, VISIT, g.get("mark") or token_hex(4), None, slug or at().slug)


def carry(response: Response, sealed: str, lifetime: timedelta) -> Response:
    """Let the browser carry something sealed for this visit, or for no time at all."""
    return _set(response, CARRIED, sealed, int(lifetime.total_seconds()), at().slug)


def carried() -> str:
    """Return what the browser carries, which may be anything."""
    return request.cookies.get(CARRIED, "")


def remember(response: Response, slug: str, secret: str) -> Response:
    """Make this browser the office's terminal."""
    return _set(response, COOKIE, secret, LONGEST_S, slug)


def _set(response: Response, name: str, value: str, age: int | None, slug: str) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=age,
        path=f"/kiosk/{slug}/",
        secure=is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response
