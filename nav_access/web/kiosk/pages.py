"""Making a page of a terminal: how long it stands, what «Yes, go on» leads back to."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_hex
from typing import Any
from zlib import compress, decompress

from flask import Response, g, request

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.kiosk import terminals
from nav_access.web.kiosk.terminal import VisitForm, at, carried, carry, go, visit_scope
from nav_access.web.shared.installation import installation, now, unit_of_work
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import current_locale

SHOWN_S = 75
"""How long a page stands before it asks whether somebody is there."""
TYPING_S = 300
"""The same for the long form; whoever types slowly asks for more time and loses nothing."""
ASKED_S = 30
"""How long the question stands before the screen is cleared."""
MOST_CARRIED = 3800
"""Signs in a cookie, of the 4,096 that browsers keep."""
LINK_OUT = re.compile(r'<a href="(?!/kiosk/|#|tel:)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
"""What an office writes may lead to other sites: from a terminal there is no way back."""


@dataclass(frozen=True, slots=True)
class Clears:
    """When a page goes away by itself, and where to."""

    seconds: int
    to: str

    @property
    def minutes(self) -> int:
        """Whole minutes, for a sentence."""
        return self.seconds // 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A page with something of somebody's, and what it needs; `leaf` is where it is shown once.

    `is_carried`: by the browser, sealed, because the database took nothing.
    """

    page: str
    facts: Mapping[str, str]
    leaf: str
    is_carried: bool = False


def start_of() -> str:
    """Return the address of the terminal's languages."""
    return f"/kiosk/{at().slug}/"


def home() -> str:
    """Return the address of the terminal's first page in the reader's language."""
    return f"/kiosk/{at().slug}/{current_locale().path}/"


def show_kiosk(
    template: str,
    *,
    status: int = 200,
    clears: Clears | None = None,
    form: VisitForm | None = None,
    **context: Any,
) -> Response:
    """Return a page of the terminal.

    `leaf` makes each form's address another one: browsers put what was typed into a form of the
    same address again.
    """
    g.is_kiosk_page = True
    drawn = form or VisitForm(formdata=None)
    response = show(
        f"kiosk/{template}.html",
        status=status,
        stylesheet="kiosk",
        clears=clears,
        form=drawn,
        home=home(),
        slug=at().slug,
        leaf=token_hex(4),
        token=drawn.token_to_show(),
        **({"is_error": drawn.has_errors} | context),
    )
    response.set_data(LINK_OUT.sub(r"\1", response.get_data(as_text=True)))
    if clears:
        # A header, which needs no script either, and which an old page kept as a file has not.
        response.headers["Refresh"] = f"{clears.seconds}; url={_from_here(clears.to)}"
    return response


def _from_here(address: str) -> str:
    """Return one of the terminal's addresses as a short step from this page's."""
    here = request.path.removeprefix(start_of()).split("/")[:-1]
    inside = address.removeprefix(start_of())
    return "../" * len(here) + inside or "."


def asks(page: str = "", seconds: int = SHOWN_S) -> Clears:
    """Let a page ask whether somebody is there; `page` is where «Yes» leads if nothing is kept."""
    query = f"?page={page}" if page else ""
    return Clears(seconds, f"{home()}still{query}")


def present(page: str, **facts: str) -> Response:
    """Keep what is to be shown, sealed for this visit alone, and lead to the page that shows it.

    The answer to a form is never a page: browsers write what was sent for a page to their disk.
    """
    leaf = token_hex(4)
    _keep(Kept(page, facts, leaf))
    return go(f"{home()}shown/{leaf}")


def present_unstored(page: str, **facts: str) -> Response:
    """Do the same while the database takes nothing: then the browser carries it, sealed.

    Raises DatabaseUnavailable when it is too much for a cookie.
    """
    leaf = token_hex(4)
    sealed = _seal(Kept(page, facts, leaf))
    if len(sealed) > MOST_CARRIED:
        raise DatabaseUnavailable("too much to carry")
    return carry(go(f"{home()}shown/{leaf}"), sealed, _lifetime(page))


def find_kept(leaf: str = "") -> Kept | None:
    """Return what is kept in this visit for an address, else what the browser carries first."""
    opened = (_open(carried(), is_carried=True), _open(at().kept_token or ""))
    kept = [one for one in opened if one is not None]
    return next((one for one in kept if leaf and one.leaf == leaf), next(iter(kept), None))


def show_once(kept: Kept) -> None:
    """Note that it has been shown: the same address, or a restored tab, shows it no more.

    What the browser carried is kept from now on, if the database takes it again.
    """
    with suppress(DatabaseUnavailable) if kept.is_carried else nullcontext():
        _keep(replace(kept, leaf=""))


def _keep(kept: Kept) -> None:
    sealed = _seal(kept)
    with unit_of_work() as session:
        terminals.keep(session, at(), sealed)


def _seal(kept: Kept) -> str:
    facts = b64encode(compress(json.dumps(kept.facts).encode())).decode()
    payload = {"page": kept.page, "facts": facts, "leaf": kept.leaf}
    lifetime = _lifetime(kept.page)
    return installation().sealed_tokens.seal(payload, now(), lifetime, visit_scope())


def _open(sealed: str, *, is_carried: bool = False) -> Kept | None:
    try:
        opened = installation().sealed_tokens.open(sealed, now(), visit_scope())
    except (BadToken, ExpiredToken):
        return None
    facts = json.loads(decompress(b64decode(opened["facts"])))
    return Kept(opened["page"], facts, opened["leaf"], is_carried)


def _lifetime(page: str) -> timedelta:
    return timedelta(seconds=(TYPING_S if page == "help" else SHOWN_S) + 2 * ASKED_S)
