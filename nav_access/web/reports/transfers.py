"""How the contact centre's attempts to put callers through went."""

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.transfers import count_transfers
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import Report, office_table, say

TITLE = N_("Calls put through")
TOLD = N_(
    "Counted: each attempt of the contact centre to put a caller through to an office. Not "
    "counted: people who ring an office themselves, and protected persons."
)
CAPTION = N_("Attempts to put callers through, by office and how they went")
COLUMNS = (N_("Answered"), N_("Not answered"), N_("Busy"), N_("A machine answered"))


def report(session: Session, asked: Asked) -> Report:
    """Return the attempts of each office."""
    told = count_transfers(session, asked.scope, asked.period)
    return Report(say(TOLD), (office_table(CAPTION, COLUMNS, told),))
