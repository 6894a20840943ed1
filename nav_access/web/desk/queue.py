"""The office's queue: who waits, most pressing first."""

from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.core.references import digits_of, is_case_number
from nav_access.intake.codes import Need
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import read_session
from nav_access.worklist.cursors import Cursor
from nav_access.worklist.desk_offices import (
    DeskOffice,
    OfficeNotTheirs,
    find_desk_office,
    list_desk_offices,
)
from nav_access.worklist.queries import QueuePage, list_queue
from nav_access.worklist.statements import Show


def queue() -> Response:
    """Show one page of the queue; a typed case number goes straight to its case."""
    typed = digits_of(request.args.get("case", "")) if request.args.get("case") else ""
    if is_case_number(typed):
        return see_other(f"/desk/cases/{typed}")
    show, need = _show(), _need()
    with read_session() as session:
        offices = list_desk_offices(session, who())
        office = _office(offices)
        after = Cursor.parse(request.args.get("after", ""))
        page = (
            list_queue(session, who(), office.id, show, need=need, after=after)
            if office
            else QueuePage((), None)
        )
    return show_desk(
        "queue.html",
        office=office,
        offices=offices,
        show=show,
        need=need,
        page=page,
        is_first=after is None,
        is_wrong_number=bool(request.args.get("case")),
        link=_link,
        me=who().staff_id,
    )


def _show() -> Show:
    asked = request.args.get("show", "")
    return Show(asked) if asked in set(Show) else Show.WAITING


def _need() -> Need | None:
    asked = request.args.get("need", "")
    return Need(asked) if asked in set(Need) else None


def _office(offices: tuple[DeskOffice, ...]) -> DeskOffice | None:
    """Return the office asked for; None for somebody who has none yet."""
    asked = request.args.get("office", "")
    if not offices and not asked:
        return None
    try:
        return find_desk_office(offices, asked)
    except OfficeNotTheirs:
        abort(404)


def _link(**changes: object) -> str:
    """Return this queue's address with some of its choices changed; a new list begins anew."""
    kept = {name: request.args[name] for name in ("office", "show", "need") if name in request.args}
    chosen = {name: str(value) for name, value in (kept | changes).items() if value}
    return "/desk/" + (f"?{urlencode(chosen)}" if chosen else "")
