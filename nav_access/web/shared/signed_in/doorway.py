"""Making a door's blueprint: its language, its lock, and the pages every door has."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from nav_access.core.db import DatabaseUnavailable
from nav_access.web.shared.signed_in.door import Door, enter
from nav_access.web.shared.signed_in.first import first
from nav_access.web.shared.signed_in.lock import lock
from nav_access.web.shared.signed_in.missing import show_missing
from nav_access.web.shared.signed_in.pages import see_other
from nav_access.web.shared.signed_in.provider import go_to_provider, provider_answer
from nav_access.web.shared.signed_in.session import (
    DoorCookie,
    find_chosen_locale,
    read_cookie,
    set_cookie,
)
from nav_access.web.shared.signed_in.sign_in import sign_in, sign_out
from nav_access.web.shared.signed_in.unstored import show_unstored
from nav_access.web.shared.templating import use_locale

GET, POST, FORM = ["GET"], ["POST"], ["GET", "POST"]


def open_door(door: Door) -> Blueprint:
    """Return the door's blueprint, locked, with signing in and out; its pages are added to it."""
    blueprint = Blueprint(door.name, __name__, url_prefix=door.prefix)
    blueprint.before_request(lambda: enter(door))
    blueprint.before_request(choose_language)
    blueprint.before_request(lock)
    blueprint.register_error_handler(404, show_missing)
    blueprint.register_error_handler(DatabaseUnavailable, show_unstored)
    blueprint.add_url_rule("/sign-in", "sign_in", sign_in, methods=FORM)
    blueprint.add_url_rule("/sign-in/first", "first", first, methods=FORM)
    blueprint.add_url_rule("/sign-out", "sign_out", sign_out, methods=POST)
    if door.is_organisations is not None:
        blueprint.add_url_rule("/sign-in/provider", "provider", go_to_provider, methods=POST)
        blueprint.add_url_rule("/sign-in/answer", "provider_answer", provider_answer, methods=GET)
    return blueprint


def choose_language() -> Response | None:
    """Speak the reader's language; a link to another one is remembered in the cookie."""
    cookie, chosen = read_cookie(), find_chosen_locale()
    use_locale(chosen or cookie.locale)
    if chosen is None or request.method != "GET":
        return None
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    response = see_other(request.path + (f"?{urlencode(kept)}" if kept else ""))
    # A link on another site arrives without the cookie: it must not overwrite the session in it.
    if request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none"):
        set_cookie(response, DoorCookie(chosen, cookie.token))
    return response
