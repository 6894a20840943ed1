"""Who does what, for those who are asked: found by what one types, in five lines each."""

from flask import Blueprint, Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.guide.finding import find_services
from nav_access.guide.reading import load_guide
from nav_access.web.shared.fields import clean
from nav_access.web.shared.guide import LAW_IN, guide_for
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.templating import current_locale

LONGEST = 100
MOST_OPEN = 4
"""Services shown whole when so few were found; of more, their names."""


def add_guide(blueprint: Blueprint) -> None:
    """Give a door the guide's addresses."""
    blueprint.add_url_rule("/guide", "guide", guide, methods=["GET"])
    blueprint.add_url_rule("/guide/<key>", "guide_service", guide_service, methods=["GET"])


def guide() -> Response:
    """Show the search, and what it found; every service by its desk before that."""
    asked = clean(request.args.get("q", ""))[:LONGEST]
    words, today = guide_for(current_locale()), to_oslo(now()).date()
    found = find_services(asked, words.locale.tag) if asked else ()
    is_open = 0 < len(found) <= MOST_OPEN
    return show_at_door(
        "signed_in/guide.html",
        asked=asked,
        guide=words,
        groups=() if found else words.groups(),
        names=() if is_open else words.names(found),
        opened=tuple(words.say(one, today) for one in found) if is_open else (),
        law_in=LAW_IN,
    )


def guide_service(key: str) -> Response:
    """Show one service."""
    found = load_guide().services.get(key)
    if found is None:
        abort(404)
    words = guide_for(current_locale())
    said = words.say(found, to_oslo(now()).date())
    return show_at_door("signed_in/guide_service.html", guide=words, said=said, law_in=LAW_IN)
