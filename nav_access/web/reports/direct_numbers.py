"""Who got a direct number, and who did not."""

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.direct_numbers import count_direct_numbers
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import Report, office_table, say

TITLE = N_("Direct numbers")
TOLD = N_(
    "Counted: people whose case somebody at an office first began on, at the office that has the "
    "case now. Not counted: people nobody has begun on, and protected persons."
)
CAPTION = N_("People who got a direct number, by office")
COLUMNS = (N_("Got a direct number"), N_("Got none"))


def report(session: Session, asked: Asked) -> Report:
    """Return who got one at each office."""
    told = count_direct_numbers(session, asked.scope, asked.period)
    return Report(say(TOLD), (office_table(CAPTION, COLUMNS, told),))
