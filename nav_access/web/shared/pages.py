"""Making an answer out of a template: the language, the layout's facts, the headers."""

from datetime import datetime, timedelta
from functools import cache

from flask import Response, g, request
from markupsafe import Markup

from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import LOCALES, Locale
from nav_access.core.i18n.wording import N_
from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.page_cache import HINT, STALE_BRIEFLY, STALE_IF_ERROR, Keep
from nav_access.web.shared.styles import CSS_HERE, dress
from nav_access.web.shared.templating import current_locale, render, say

DRAFT = N_(
    "A machine wrote these words. Nobody has checked them yet. Is something unclear? "
    "Ring %(number)s."
)
BOKMAL = LOCALES[0]
NORWEGIAN = ("nb", "nn")

BRIEFLY = timedelta(minutes=1)
"""For pages that say who is open now."""

SHORTLY = timedelta(seconds=20)
"""For lists of free times: whoever chooses one that went meanwhile is shown the nearest."""

LONG = timedelta(minutes=10)

_NOT_STORED = [("Cache-Control", "no-store")]


def show(
    template: str,
    *,
    status: int = 200,
    keep: timedelta | None = None,
    hole: str | None = None,
    stylesheet: str = "citizen",
    locale: Locale | None = None,
    **context: object,
) -> Response:
    """Return a page in the reader's language.

    `keep` lets it serve everybody for so long, to the whole minute at most; `hole`
    is the scope of the form token each of them gets. Everything else is no-store.
    """
    spoken = locale or current_locale()
    bare = render(template, spoken, **{**layout(spoken), **context})
    page, g.stylesheet = dress(bare, stylesheet)
    if keep is None or status != 200 or request.method == "POST":
        return Response(page, status, _NOT_STORED, mimetype="text/html")
    stale = STALE_BRIEFLY if keep <= BRIEFLY else STALE_IF_ERROR
    request.environ[HINT] = Keep(_until(keep), hole, stale)
    return Response(page, mimetype="text/html")


def layout(locale: Locale) -> dict[str, object]:
    """Return what every layout needs to know."""
    settings = installation().settings
    return {
        "draft": _say_draft(locale),
        "draft_in_norwegian": None if locale.path in NORWEGIAN else _say_draft(BOKMAL),
        "css": CSS_HERE,
        "is_error": False,
        "is_sample": settings.is_sample,
        "path_after_language": path_after_language(),
        "service_name": settings.service_name,
    }


@cache
def _say_draft(locale: Locale) -> Markup:
    number = Markup('<bdi dir="ltr">%s</bdi>') % load_facts().service_phone.shown
    return say(locale, DRAFT, number=number)


def path_after_language() -> str:
    """Return the address of this page without its language, to link to it in the others."""
    if request.view_args is None or "lang" not in g:
        return "/"
    return request.path.removeprefix(f"/{g.lang}") or "/"


def _until(keep: timedelta) -> datetime:
    """Return when a page kept now ends: on a whole minute, as «open now» changes on one."""
    instant = now()
    minute = instant.replace(second=0, microsecond=0)
    return min(instant + keep, minute + BRIEFLY) if keep < BRIEFLY else minute + keep
