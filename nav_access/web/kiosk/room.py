"""What everybody in the reception may read: the office's own facts, and whose turn it is."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.kiosk import queries as line
from nav_access.offices import queries
from nav_access.offices.keeping.measures import list_measures_on
from nav_access.web.kiosk.pages import Clears, asks, home, show_kiosk
from nav_access.web.kiosk.terminal import at
from nav_access.web.shared.dates import say_time
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.office_words import say_office
from nav_access.web.shared.templating import current_locale

AGAIN_S = 10


def office() -> Response:
    """Show the office's hours, numbers and what it helps with."""
    instant = now()
    today = to_oslo(instant).date()
    with read_session() as session:
        found = queries.get_office_by_id(session, at().office_id)
        measures = [one.words for one in list_measures_on(session, today, [found.id])]
        said = say_office(found, instant, current_locale(), measures)
        is_staffed = queries.get_staffed_hours(session, found.id).is_staffed(instant)
        numbers = queries.find_after_hours_numbers(session, found.id, today=today)
    shown = () if is_staffed else numbers
    return show_kiosk("office", clears=asks("office"), office=said, numbers=shown)


def screen() -> Response:
    """Show the numbers that are called and where they go; drawn again every few seconds."""
    with read_session() as session:
        asked = line.list_asked(session, at().office_id, now())
    here = f"{home()}screen"
    clears = Clears(AGAIN_S, here)
    return show_kiosk("screen", clears=clears, asked=asked, clock=say_time(now()))
