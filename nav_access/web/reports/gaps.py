"""When offices are open or promise to answer, and nobody does."""

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.gaps import REASONS, OfficeGaps, count_gaps
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import OFFICE, Cell, Report, Row, Table, hours, say, total_row

TITLE = N_("Nobody answers")
TOLD = N_(
    "Counted: hours in which somebody should answer a line people may ring, and nobody is on the "
    "roster as it is written now. Somebody should answer while the door is open, while a call can "
    "be booked, and on weekdays 09:00 to 15:00 where that is promised. Not counted: whether "
    "somebody did answer. The last three columns may be of the same hours."
)
CAPTION = N_("Hours in which somebody should answer, and nobody is on the roster")
COLUMNS = (
    OFFICE,
    N_("Should be answered, hours"),
    N_("Nobody answers, hours"),
    N_("How many times"),
    N_("While weekdays 09:00 to 15:00 are promised, hours"),
    N_("While the door is open, hours"),
    N_("While a call can be booked, hours"),
)


def report(session: Session, asked: Asked) -> Report:
    """Return the gaps of each office, the longest first."""
    found = count_gaps(session, asked.scope, asked.period)
    table = Table(
        key="offices",
        caption=say(CAPTION),
        columns=tuple(map(say, COLUMNS)),
        rows=tuple(Row(one.office.name, _cells(one)) for one in found),
        total=total_row(_cells(*found)) if len(found) > 1 else None,
    )
    return Report(say(TOLD), (table,))


def _cells(*found: OfficeGaps) -> tuple[Cell, ...]:
    return (
        hours(sum(one.wanted for one in found)),
        hours(sum(one.unanswered for one in found)),
        Cell(sum(one.gaps for one in found)),
        *(hours(sum(one.by_reason[reason] for one in found)) for reason in REASONS),
    )
