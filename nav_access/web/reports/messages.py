"""The contact centre's messages to offices, and how soon somebody had read them."""

from dataclasses import replace

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.messages import MessageCounts, Waits, count_messages
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import NOT_TOLD, Cell, Report, Row, Table, office_table, say

TITLE = N_("Messages from the contact centre")
TOLD = N_(
    "Counted: messages the contact centre sent an office about a case, at the office that has the "
    "case now. Minutes are real ones, nights too, until a named person acknowledged the message. "
    "Not counted: protected persons. Times are told where at least 5 people's messages were "
    "acknowledged."
)
CAPTION = N_("Messages by office, and how long it took until somebody acknowledged them")
COLUMNS = (
    N_("Acknowledged in time"),
    N_("Acknowledged after somebody above was told"),
    N_("Not acknowledged"),
)
WAITS = (N_("Minutes, the one in the middle"), N_("Minutes, the longest"))


def report(session: Session, asked: Asked) -> Report:
    """Return the messages of each office."""
    counts = count_messages(session, asked.scope, asked.period)
    table = office_table(CAPTION, COLUMNS, counts.offices)
    return Report(say(TOLD), (_add_waits(table, counts),))


def _add_waits(table: Table, counts: MessageCounts) -> Table:
    rows = zip(table.rows, counts.offices.lines, strict=True)
    return replace(
        table,
        columns=(*table.columns, *map(say, WAITS)),
        rows=tuple(_add(row, counts.waits.get(office.id)) for row, (office, _) in rows),
        total=_add(table.total, counts.all_waits) if table.total else None,
    )


def _add(row: Row, waits: Waits | None) -> Row:
    told = (waits.median, waits.worst) if waits else (say(NOT_TOLD),) * 2
    return Row(row.name, (*row.cells, *map(Cell, told)))
