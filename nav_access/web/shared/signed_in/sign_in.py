"""Signing in and out: password and one-time code, and then back to where one was going."""

from flask import Response, request
from werkzeug.exceptions import HTTPException

from nav_access.core.i18n.wording import N_
from nav_access.staff import sessions
from nav_access.staff.errors import CredentialsExpired, SignInPaused, SignInRefused
from nav_access.staff.signing_in import SignedIn
from nav_access.staff.signing_in import sign_in as begin_session
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.installation import installation, keyring, now, unit_of_work
from nav_access.web.shared.signed_in.admission import let_in
from nav_access.web.shared.signed_in.choosing import find_choosing, first_address, show_choosing
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.drafts import Draft, open_draft
from nav_access.web.shared.signed_in.forms import PlainForm, SignInForm
from nav_access.web.shared.signed_in.onward import (
    MOST_CARRIED,
    find_provider,
    find_sign_out,
    show_onward,
)
from nav_access.web.shared.signed_in.pages import see_other, show_at_door
from nav_access.web.shared.signed_in.returning import find_page, safe_next
from nav_access.web.shared.signed_in.session import (
    DoorCookie,
    find_who,
    read_cookie,
    remember_cookie,
    set_cookie,
)
from nav_access.web.shared.templating import current_locale

REFUSED = N_(
    "That did not fit. Check the e-mail address and the password, and write a new code: "
    "each code works once."
)
EXPIRED = N_(
    "What you were given could be used for 7 days, and they are over. Ask for new credentials "
    "where you got these."
)
PAUSED = N_("Too many tries. Wait 15 minutes and try again, or ask your manager.")
SIGNED_OUT = N_("You are signed out.")
SIGNING_OUT = N_("You are signed out here")


def sign_in() -> Response:
    """Show the form, or begin a session and go on to the page that was asked for."""
    if request.method != "POST":
        if find_choosing() is not None:
            return see_other(first_address(_asked_next()))
        return see_other(_asked_next()) if find_who() else _show(SignInForm())
    form = SignInForm()
    if not form.validate():
        return _show(form, 422)
    try:
        return _begin(form)
    except SignInRefused as fact:
        form.ask(form.password, EXPIRED if isinstance(fact, CredentialsExpired) else REFUSED)
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
    return go_on(signed_in, form.next.data, form.draft.data)


def go_on(signed_in: SignedIn, wanted: str, draft: str) -> Response:
    """Give the browser its session, and show the page that was left or go to what was wanted.

    Whoever signs in for the first time chooses credentials of their own before that.
    """
    cookie = DoorCookie(current_locale(), signed_in.token)
    remember_cookie(cookie)
    address = safe_next(current_door(), wanted)
    if signed_in.is_first:
        # What was typed is too long for an address: it goes along in the page.
        response = show_choosing(address, draft) if draft else see_other(first_address(address))
    else:
        response = _go_on(address, draft, signed_in.staff_id)
    set_cookie(response, cookie)
    return response


def _go_on(address: str, draft: str, staff_id: int) -> Response:
    """Show the page that was left with what was typed there; go to it when there is nothing."""
    door, path = current_door(), address.partition("?")[0]
    typed = open_draft(draft, path, staff_id) if draft else None
    page = find_page(door, path)
    if typed is None or page is None or page[0] not in door.restores:
        return see_other(address)
    found = find_who()
    if found is None or not let_in(found):
        return see_other(address)
    try:
        return door.restores[page[0]](**page[1], typed=typed)
    except HTTPException:
        # No longer theirs to see: the page itself says so, and they are signed in all the same.
        return see_other(address)


def sign_out() -> Response:
    """End the session; the cookie keeps the language alone."""
    door, form, cookie = current_door(), PlainForm(), read_cookie()
    if not form.validate():
        return see_other(door.home)
    with unit_of_work() as session:
        is_by_provider = sessions.sign_out(session, cookie.token, now=now())
    elsewhere = find_sign_out() if is_by_provider else None
    gone = f"{door.sign_in}?done=yes"
    remember_cookie(DoorCookie(cookie.locale, ""))
    response = show_onward(SIGNING_OUT, elsewhere) if elsewhere else see_other(gone)
    set_cookie(response, DoorCookie(cookie.locale, ""))
    return response


def show_locked(wanted: str, draft: Draft) -> Response:
    """Ask somebody to sign in who sent a form without a session; nothing they wrote is lost.

    The status is 200: Lynx shows nothing of a 401 that does not ask for HTTP's own password.
    """
    form = SignInForm(formdata=None)
    form.next.data, form.draft.data = wanted, draft.sealed
    return show_sign_in(form, kept=draft)


def _show(form: SignInForm, status: int = 200, *, notice: str | None = None) -> Response:
    if request.method != "POST":
        form.next.data = _asked_next()
        notice = SIGNED_OUT if request.args.get("done") == "yes" else None
    return show_sign_in(form, status, notice=notice)


def show_sign_in(
    form: SignInForm,
    status: int = 200,
    *,
    notice: str | None = None,
    kept: Draft | None = None,
    is_anew: bool = False,
) -> Response:
    """Show the ways to sign in at this door.

    `is_anew` after a provider vouched for somebody who does not come in: it asks who one is.
    """
    return show_at_door(
        "signed_in/sign_in.html",
        status=status,
        form=form,
        notice=notice,
        kept=kept,
        is_anew=is_anew,
        # Longer words do not fit in what a browser carries to the provider and back.
        has_provider=find_provider() is not None and len(form.draft.data) <= MOST_CARRIED,
    )


def _asked_next() -> str:
    return safe_next(current_door(), request.args.get("next", ""))
