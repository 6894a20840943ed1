"""The office's queue: who waits, most pressing first."""

from flask import Response, abort, request

from nav_access.core.db import Connection
from nav_access.core.references import digits_of, is_case_number
from nav_access.intake.codes import CaseStatus
from nav_access.web.desk.pages import sayings, see_other, show_desk
from nav_access.web.desk.queue_lists import QueueList, read_need, read_show, read_side
from nav_access.web.desk.queue_parts import parts_for
from nav_access.web.desk.session import who
from nav_access.web.shared.signed_in.lock import reading
from nav_access.worklist.cursors import Cursor
from nav_access.worklist.desk_offices import (
    DeskOffice,
    OfficeNotTheirs,
    find_desk_office,
    list_desk_offices,
)
from nav_access.worklist.marks import Mark, find_marks
from nav_access.worklist.queries import QueuePage, list_queue
from nav_access.worklist.statements import Show


def queue() -> Response:
    """Show one page of the queue; a typed case number goes straight to its case."""
    typed, after = request.args.get("case", ""), Cursor.parse(request.args.get("after", ""))
    show = read_show(request.args.get("show", ""))
    with reading() as connection:
        if typed and is_case_number(digits_of(typed)):
            return see_other(f"/desk/cases/{digits_of(typed)}")
        chosen = _chosen(list_desk_offices(connection, who()), show)
        page = _read(connection, chosen, after)
        marks = _read_marks(connection, page)
    if chosen is None:
        return show_desk("queue.html", list=None, show=show)
    say, me = sayings(), who().staff_id
    parts = parts_for(say)
    return show_desk(
        "queue.html",
        say=say,
        list=chosen,
        show=show,
        tools=parts.tools(chosen, bool(typed)),
        rows=parts.rows(page.rows, me, say.now, marks),
        is_first=after is None,
        next=page.next,
    )


def _read(connection: Connection, chosen: QueueList | None, after: Cursor | None) -> QueuePage:
    if chosen is None:
        return QueuePage((), None)
    office_id, need, side = chosen.office.id, chosen.need, chosen.side
    return list_queue(connection, who(), office_id, chosen.show, need=need, side=side, after=after)


def _read_marks(connection: Connection, page: QueuePage) -> dict[int, Mark]:
    """Return what stands beside cases something has happened to; nothing has to most new ones."""
    open_ = (CaseStatus.WAITING, CaseStatus.ANSWERED)
    return find_marks(
        connection, [row.case_id for row in page.rows if row.version > 1 and row.status in open_]
    )


def _chosen(offices: tuple[DeskOffice, ...], show: Show) -> QueueList | None:
    """Return the list asked for; None for somebody who has no office yet."""
    asked = request.args.get("office", "")
    if not offices and not asked:
        return None
    try:
        office = find_desk_office(offices, asked)
    except OfficeNotTheirs:
        abort(404)
    need, side = read_need(request.args.get("need", "")), read_side(request.args.get("side", ""))
    return QueueList(office, offices, show, need, side)
