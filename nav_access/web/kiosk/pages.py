"""Making a page of a terminal: how long it stands, what «Yes, go on» leads back to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_hex
from typing import Any

from flask import Response, request

from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.kiosk import terminals
from nav_access.web.kiosk.terminal import VisitForm, at, go, visit_scope
from nav_access.web.shared.installation import installation, now, unit_of_work
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import current_locale

SHOWN_S = 75
"""How long a page stands before it asks whether somebody is there."""
TYPING_S = 300
"""The same for the long form; whoever types slowly asks for more time and loses nothing."""
ASKED_S = 30
"""How long the question stands before the screen is cleared."""


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
    """A page with something of somebody's, and what it needs; `leaf` is where it is shown once."""

    page: str
    facts: Mapping[str, str]
    leaf: str


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


def find_kept() -> Kept | None:
    """Return what is kept in this visit."""
    try:
        opened = installation().sealed_tokens.open(at().kept_token or "", now(), visit_scope())
    except (BadToken, ExpiredToken):
        return None
    return Kept(opened["page"], json.loads(opened["facts"]), opened["leaf"])


def show_once(kept: Kept) -> None:
    """Note that it has been shown: the same address, or a restored tab, shows it no more."""
    _keep(replace(kept, leaf=""))


def _keep(kept: Kept) -> None:
    payload = {"page": kept.page, "facts": json.dumps(kept.facts), "leaf": kept.leaf}
    seconds = (TYPING_S if kept.page == "help" else SHOWN_S) + 2 * ASKED_S
    lifetime = timedelta(seconds=seconds)
    sealed = installation().sealed_tokens.seal(payload, now(), lifetime, visit_scope())
    with unit_of_work() as session:
        terminals.keep(session, at(), sealed)
