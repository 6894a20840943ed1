"""Making a page of a door: the layout's facts, the stylesheet, the words templates ask for."""

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request

from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.pages import show
from nav_access.web.shared.signed_in import wording
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.packing import pack_quickly
from nav_access.web.shared.signed_in.sayings import Sayings
from nav_access.web.shared.signed_in.session import STAFF_LOCALES, form_scope
from nav_access.web.shared.templating import current_locale


def show_at_door(template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page of the door this request came to; `template` is its whole name."""
    say = context.pop("say", None) or sayings()
    door = current_door()
    facts = {
        "door": door,
        "door_languages": STAFF_LOCALES,
        "is_error": status == 422,
        "query": _query_before_language(request.query_string),
        "signed_in": g.get("who"),
        "token": installation().form_tokens.issue(say.now, form_scope()),
        "wording": wording,
    }
    page = show(
        template,
        status=status,
        stylesheet=door.stylesheet,
        say=say,
        **{**facts, **context},
    )
    return pack_quickly(page)


def sayings() -> Sayings:
    """Return the words of this request: the reader's language, the present instant."""
    return Sayings(current_locale(), now())


def see_other(address: str) -> Response:
    """Send the browser on after a post, so that reloading repeats nothing."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


@lru_cache(maxsize=256)
def _query_before_language(query: bytes) -> str:
    """Return this page's query without the language, ready for a language to follow."""
    asked = parse_qsl(query.decode("ascii", "replace"), keep_blank_values=True)
    return urlencode([*(pair for pair in asked if pair[0] != "lang"), ("lang", "")])
