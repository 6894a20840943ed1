"""Signing in with a work account: to the provider that vouches for it, and back."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, abort, request

from nav_access.core.i18n.locales import by_tag
from nav_access.core.i18n.wording import N_
from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.staff.errors import SignInPaused
from nav_access.staff.provider.errors import IdentityRefused, ProviderDown, Why
from nav_access.staff.provider.rules import Begun, Identity, Provider
from nav_access.staff.provider.signing_in import IsTheirs
from nav_access.staff.provider.signing_in import sign_in as begin_session
from nav_access.staff.signing_in import SignedIn
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.installation import installation, keyring, now
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.forms import SignInForm
from nav_access.web.shared.signed_in.onward import (
    MOST_CARRIED,
    find_provider,
    public,
    show_onward,
)
from nav_access.web.shared.signed_in.returning import safe_next
from nav_access.web.shared.signed_in.session import is_secure
from nav_access.web.shared.signed_in.sign_in import PAUSED, go_on, show_sign_in
from nav_access.web.shared.templating import current_locale, use_locale

LIFETIME = timedelta(minutes=10)

GOING = N_("You sign in with your work account")
SIGNED_IN = N_("You are signed in")
DOWN = N_(
    "The sign-in with a work account does not answer now. Sign in with e-mail, password and code."
)
OVER = N_("That sign-in could not be used. Start again.")
NO_ACCESS = N_(
    "Your work account has no access here. Sign in with e-mail, password and code, or ask whoever "
    "leads your work."
)
TOO_WEAK = N_("Your work account was not signed in safely enough. Use two steps there, and retry.")
_OF_THE_WAY = frozenset(
    {Why.STATE, Why.CANCELLED, Why.CODE, Why.TOKEN, Why.ISSUER, Why.AUDIENCE, Why.NONCE}
)


@dataclass(frozen=True, slots=True)
class Way:
    """What this browser was sent with, and where it was going."""

    begun: Begun
    next: str = ""
    draft: str = ""


def go_to_provider() -> Response:
    """Send the browser to the provider, remembering in a sealed cookie what it is sent with."""
    provider, form = _needed(find_provider()), SignInForm()
    form.read_token()
    if form.handed_in is None or form.handed_in.is_expired or len(form.draft.data) > MOST_CARRIED:
        return show_sign_in(_blank(form.next.data, form.draft.data), notice=OVER)
    try:
        begun, address = provider.begin(
            _answer_address(), current_locale().tag, is_anew=request.form.get("anew") == "yes"
        )
    except ProviderDown:
        return show_sign_in(_blank(form.next.data, form.draft.data), 503, notice=DOWN)
    response = show_onward(GOING, address)
    _remember(response, Way(begun, safe_next(current_door(), form.next.data), form.draft.data))
    return response


def provider_answer() -> Response:
    """Take the provider's answer: begin a session, or say what to do instead."""
    provider, way = _needed(find_provider()), _open_way()
    if way is None:
        return show_sign_in(_blank(), 400, notice=OVER)
    try:
        signed_in = _sign_in(provider, way)
    except ProviderDown:
        return _again(way, 503, DOWN)
    except SignInPaused:
        return _again(way, 429, PAUSED)
    except IdentityRefused as fact:
        return _again(way, 403, _say(fact.why), is_anew=fact.why not in _OF_THE_WAY)
    response = go_on(signed_in, way.next, way.draft)
    return _forget(_from_here(response) if response.status_code == 303 else response)


def _sign_in(provider: Provider, way: Way) -> SignedIn:
    address = client_address()

    def ask() -> Identity:
        answer = request.args.to_dict()
        return provider.finish(answer, way.begun, _answer_address(), now=now())

    return begin_session(
        installation().database,
        ask,
        _is_organisations(),
        address=address,
        keyring=keyring(),
        now=now(),
        is_shared_address=is_shared_network(address),
    )


def _is_organisations() -> IsTheirs:
    found = current_door().is_organisations
    if found is None:
        raise LookupError("the door takes no provider's word")
    return found


def _from_here(response: Response) -> Response:
    """Go on by a page of ours: only then does the browser bring the session's cookie."""
    onward = show_onward(SIGNED_IN, response.headers["Location"])
    for cookie in response.headers.getlist("Set-Cookie"):
        onward.headers.add("Set-Cookie", cookie)
    return onward


def _say(why: Why) -> str:
    if why is Why.LEVEL:
        return TOO_WEAK
    return OVER if why in _OF_THE_WAY else NO_ACCESS


def _again(way: Way, status: int, notice: str, *, is_anew: bool = False) -> Response:
    form = _blank(way.next, way.draft)
    return _forget(show_sign_in(form, status, notice=notice, is_anew=is_anew))


def _blank(wanted: str = "", draft: str = "") -> SignInForm:
    form = SignInForm(formdata=None)
    form.next.data, form.draft.data = safe_next(current_door(), wanted), draft
    return form


def _needed(provider: Provider | None) -> Provider:
    return provider or abort(404)


def _answer_address() -> str:
    return public(f"{current_door().sign_in}/answer")


def _cookie() -> str:
    return f"{current_door().name}_way"


def _remember(response: Response, way: Way) -> None:
    begun = way.begun
    carried = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "next": way.next,
        "draft": way.draft,
        "lang": current_locale().tag,
    }
    sealed = installation().sealed_tokens.seal(carried, now(), LIFETIME, _cookie())
    response.set_cookie(
        _cookie(),
        sealed,
        max_age=LIFETIME,
        path=current_door().sign_in,
        secure=is_secure(),
        httponly=True,
        # Lax: it must come along when the provider sends the browser back.
        samesite="Lax",
    )


def _open_way() -> Way | None:
    """Return what this browser was sent with, in the language it was sent in; None when over."""
    sealed = request.cookies.get(_cookie(), "")
    try:
        opened = installation().sealed_tokens.open(sealed, now(), _cookie())
    except (BadToken, ExpiredToken):
        return None
    use_locale(by_tag(opened["lang"]) or current_locale())
    begun = Begun(opened["state"], opened["nonce"], opened["verifier"])
    return Way(begun, opened["next"], opened["draft"])


def _forget(response: Response) -> Response:
    """Take the cookie back: what it was for has happened."""
    response.delete_cookie(_cookie(), path=current_door().sign_in)
    return response
