"""Signing in and out: password and one-time code, and then back to where one was going."""

import re

from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from nav_access.core.i18n.wording import N_
from nav_access.staff import sessions
from nav_access.staff.errors import SignInPaused, SignInRefused
from nav_access.staff.signing_in import sign_in as begin_session
from nav_access.web.desk.drafts import Draft, open_draft
from nav_access.web.desk.forms import PlainForm, SignInForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.restores import RESTORES, find_page
from nav_access.web.desk.session import (
    DeskCookie,
    find_who,
    read_cookie,
    remember_cookie,
    set_cookie,
)
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.installation import installation, keyring, now, unit_of_work
from nav_access.web.shared.templating import current_locale

HOME = "/desk/"
_ADDRESS = re.compile(r"(/desk/[a-z0-9/_-]*)(\?[A-Za-z0-9=&._%+-]*)?", re.ASCII)
_NOT_NEXT = frozenset({"desk.sign_in"})

REFUSED = N_(
    "That did not fit. Check the e-mail address and the password, and write a new code: "
    "each code works once."
)
PAUSED = N_("That was many tries. Wait 15 minutes and try again, or ask your manager.")
SIGNED_OUT = N_("You are signed out.")


def sign_in() -> Response:
    """Show the form, or begin a session and go on to the page that was asked for."""
    if request.method != "POST":
        return (
            see_other(safe_next(request.args.get("next", "")))
            if find_who()
            else _show(SignInForm())
        )
    form = SignInForm()
    if not form.validate():
        return _show(form, 422)
    try:
        return _begin(form)
    except SignInRefused:
        form.ask(form.password, REFUSED)
        return _show(form, 422)
    except SignInPaused:
        return _show(form, 429, notice=PAUSED)


def _begin(form: SignInForm) -> Response:
    address = client_address()
    signed_in = begin_session(
        installation().database,
        form.email.data,
        # As typed: a password is nobody's to tidy.
        request.form.get("password", ""),
        form.code.data,
        address=address,
        keyring=keyring(),
        now=now(),
        is_shared_address=is_shared_network(address),
    )
    cookie = DeskCookie(current_locale(), signed_in.token)
    remember_cookie(cookie)
    response = _go_on(safe_next(form.next.data), form.draft.data, signed_in.staff_id)
    set_cookie(response, cookie)
    return response


def _go_on(address: str, draft: str, staff_id: int) -> Response:
    """Show the page that was left with what was typed there; go to it when there is nothing."""
    path = address.partition("?")[0]
    typed = open_draft(draft, path, staff_id) if draft else None
    page = find_page(path)
    if typed is None or page is None or page[0] not in RESTORES:
        return see_other(address)
    g.who = find_who()
    try:
        return RESTORES[page[0]](**page[1], typed=typed)
    except HTTPException:
        # No longer theirs to see: the page itself says so, and they are signed in all the same.
        return see_other(address)


def sign_out() -> Response:
    """End the session; the cookie keeps the language alone."""
    form, cookie = PlainForm(), read_cookie()
    if not form.validate():
        return see_other(HOME)
    with unit_of_work() as session:
        sessions.sign_out(session, cookie.token, now=now())
    response = see_other("/desk/sign-in?done=yes")
    set_cookie(response, DeskCookie(cookie.locale, ""))
    return response


def safe_next(address: str) -> str:
    """Return where to go after signing in: a page of the desk, whatever was asked for."""
    asked = _ADDRESS.fullmatch(address)
    page = find_page(asked[1]) if asked else None
    return address if page and page[0] not in _NOT_NEXT else HOME


def show_locked(wanted: str, draft: Draft) -> Response:
    """Ask somebody to sign in who sent a form without a session; nothing they wrote is lost.

    The status is 200: Lynx shows nothing of a 401 that does not ask for HTTP's own password.
    """
    form = SignInForm(formdata=None)
    form.next.data, form.draft.data = wanted, draft.sealed
    return show_desk("sign_in.html", form=form, notice=None, kept=draft)


def _show(form: SignInForm, status: int = 200, *, notice: str | None = None) -> Response:
    if request.method != "POST":
        form.next.data = safe_next(request.args.get("next", ""))
        notice = SIGNED_OUT if request.args.get("done") == "yes" else None
    return show_desk("sign_in.html", status=status, form=form, notice=notice, kept=None)
