"""What went wrong, at a terminal: the number to ring and the way to its start, never out of it."""

import re
from typing import NoReturn

from flask import Response, abort, g, request

from nav_access.core.i18n.locales import DEFAULT, by_path
from nav_access.core.i18n.wording import N_
from nav_access.web.kiosk import terminal
from nav_access.web.kiosk.terminal import COOKIE
from nav_access.web.shared.errors import TROUBLES, Trouble
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import use_locale

WHERE = re.compile(r"/kiosk/([a-z0-9-]+)/(?:([a-z-]+)(?:/|$))?")
SHOWN_S = 60
START_OVER = N_("Go to the front page, or ring us.")
KNOWN = frozenset(TROUBLES) - {422}
"""What is missing in a form is said by the form."""
RING_US = frozenset({429, 500, 503})
"""What the staff of a terminal cannot mend by beginning again."""


def stay_inside(response: Response) -> Response:
    """Give a terminal a page of its own for whatever went wrong, known to it or not.

    It asks no database, which may be what is away. The visit ends, whatever its pages showed:
    nobody knows who reads the next one. A form is answered with a redirect here too.
    """
    is_trouble = response.status_code in KNOWN and "is_kiosk_page" not in g
    where = WHERE.match(request.path) if is_trouble else None
    if where is None or COOKIE not in request.cookies:
        return response
    slug = where[1]
    locale = by_path(where[2] or "") or DEFAULT
    home = f"/kiosk/{slug}/{locale.path}/"
    if request.method == "POST":
        inside = terminal.go(f"{home}trouble/{response.status_code}")
    else:
        use_locale(locale)
        inside = _show(home, response.status_code, _find_way_back(home))
    return terminal.mark_new(inside, slug)


def trouble(status: int) -> NoReturn:
    """Come to what a form came to; in another browser it is not there."""
    abort(status if status in KNOWN and COOKIE in request.cookies else 404)


def _find_way_back(home: str) -> str:
    """Return where the page leads by itself: nobody stands at the screen of a waiting room."""
    screen = f"{home}screen"
    return screen if request.path == screen else f"{home.rsplit('/', 2)[0]}/"


def _show(home: str, status: int, way_back: str) -> Response:
    said = TROUBLES[status]
    response = show(
        "kiosk/trouble.html",
        status=status,
        stylesheet="kiosk",
        clears=None,
        home=home,
        trouble=said if status in RING_US else Trouble(said.title, START_OVER),
    )
    response.headers["Refresh"] = f"{SHOWN_S}; url={way_back}"
    return response
