"""The first two pages, languages and what can be done; the way out; «are you still there?»."""

from datetime import timedelta

from flask import Response, g, request

from nav_access.core.i18n.locales import DEFAULT
from nav_access.offices.queries import get_office_by_id
from nav_access.web.kiosk import ask_help, case, terminal, ticket
from nav_access.web.kiosk.pages import (
    ASKED_S,
    Clears,
    find_kept,
    home,
    present,
    show_kiosk,
    show_once,
    start_of,
)
from nav_access.web.kiosk.terminal import at
from nav_access.web.shared.installation import read_session
from nav_access.web.shared.templating import use_locale

PAGES = frozenset({"help", "case", "check-in", "office"})
"""Pages that «Yes, go on» opens anew where nothing was kept."""

SHOWN = {
    "case": case.show,
    "check-in": ticket.show_check_in,
    "code": case.show_entry,
    "help": ask_help.show_help,
    "receipt": ask_help.show_receipt,
    "ticket": ticket.show,
}


def start() -> Response:
    """Show the languages. Whoever was here before has gone: their visit ends."""
    use_locale(DEFAULT)
    terminal.renew()
    return terminal.mark_new(show_kiosk("start", name=_name()))


def first() -> Response:
    """Show what can be done here, to somebody new."""
    terminal.renew()
    clears = Clears(3 * ASKED_S, start_of())
    return terminal.mark_new(show_kiosk("home", clears=clears, name=_name()))


def finish() -> Response:
    """End the visit, and go where a new one begins."""
    terminal.renew()
    is_over = request.form.get("do") == "over"
    response = terminal.mark_new(terminal.go(home() if is_over else start_of()))
    return terminal.remember(response, at().slug, request.cookies[terminal.COOKIE])


def still() -> Response:
    """Ask whether somebody is there; nothing of what they did is shown."""
    page = request.args.get("page", "")
    return show_kiosk(
        "still", clears=Clears(ASKED_S, start_of()), page=page if page in PAGES else ""
    )


def go_on() -> Response:
    """Show what was kept again, else the page they were on."""
    kept = find_kept()
    if kept is not None:
        return present(kept.page, **kept.facts)
    page = request.form.get("page", "")
    return terminal.go(home() + (page if page in PAGES else ""))


def shown() -> Response:
    """Show what a form led to, once; asked for again, ask whether it is still the same person."""
    kept = find_kept(g.leaf)
    if kept is None:
        return terminal.go(start_of())
    if not kept.leaf or kept.leaf != g.leaf:
        return terminal.go(f"{home()}still")
    show_once(kept)
    response = SHOWN[kept.page](kept.facts)
    return terminal.carry(response, "", timedelta(0)) if kept.is_carried else response


def gone() -> Response:
    """Lead whoever asks for a page of somebody's by its address to the start."""
    return terminal.go(start_of())


def _name() -> str:
    with read_session() as session:
        return get_office_by_id(session, at().office_id).name
