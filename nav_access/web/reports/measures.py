"""What offices do to make up for few opening hours."""

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.stats.measures import InForce, count_kinds, list_in_force
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import OFFICE, Cell, Report, Row, Table, say
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

TITLE = N_("Measures in force")
TOLD = N_(
    "Counted: what offices have written down that they do to make up for few opening hours, in "
    "force on one day of the period at least. Not counted: what nobody has written down."
)
KINDS = {
    MeasureKind.ACUTE_TIMES: N_("Times kept free for those who have nothing for today"),
    MeasureKind.DUTY_LINE: N_("A duty line that is answered when the door is closed"),
    MeasureKind.DIRECT_NUMBER: N_("People get a direct number"),
    MeasureKind.CALLS_BACK: N_("We ring back the same day"),
    MeasureKind.OTHER_DOOR: N_("We meet people somewhere else"),
    MeasureKind.VISITS: N_("We visit people"),
    MeasureKind.INTERPRETER: N_("An interpreter is there at set times"),
    MeasureKind.OTHER: N_("Something other than these"),
}
KIND, IN_WORDS = N_("Kind"), N_("In the office's words")
BY_KIND = (KIND, N_("Measures"), N_("Offices"))
BY_OFFICE = (OFFICE, KIND, IN_WORDS, N_("From"), N_("Through"))


def report(session: Session, asked: Asked) -> Report:
    """Return the measures by kind, and each of them."""
    found = list_in_force(session, asked.scope, asked.period)
    kinds = Table(
        key="kinds",
        caption=say(N_("Measures by kind")),
        columns=tuple(map(say, BY_KIND)),
        rows=tuple(
            Row(say(KINDS[one.kind]), (Cell(one.measures), Cell(one.offices)))
            for one in count_kinds(found)
        ),
    )
    each = Table(
        key="measures",
        caption=say(N_("Each measure")),
        columns=tuple(map(say, BY_OFFICE)),
        rows=tuple(_row(one) for one in found),
    )
    return Report(say(TOLD), (kinds, each))


def _row(measure: InForce) -> Row:
    locale, today = current_locale(), to_oslo(now()).date()
    last = say_date(measure.last, locale, today) if measure.last else ""
    cells = (
        Cell(say(KINDS[measure.kind])),
        Cell(measure.words, measure.language),
        Cell(say_date(measure.first, locale, today)),
        Cell(last),
    )
    return Row(measure.office.name, cells)
