"""One office: open now or when, how to get in, whom to ring, and the way to ask it for help."""

from flask import Response, abort

from nav_access.core.clock import to_oslo
from nav_access.offices import queries
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping.measures import list_measures_on
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.office_words import say_office
from nav_access.web.shared.pages import BRIEFLY, show
from nav_access.web.shared.print_size import is_large_print
from nav_access.web.shared.templating import current_locale


def office(slug: str) -> Response:
    """Show one public office."""
    instant, locale = now(), current_locale()
    today = to_oslo(instant).date()
    with read_session() as session:
        try:
            found = queries.get_office(session, slug, today=today)
        except OfficeNotFound:
            abort(404)
        measures = [one.words for one in list_measures_on(session, today, [found.id])]
        said = say_office(found, instant, locale, measures)
        is_staffed = queries.get_staffed_hours(session, found.id).is_staffed(instant)
        numbers = queries.find_after_hours_numbers(session, found.id, today=today)
    return show(
        "citizen/office.html",
        keep=BRIEFLY,
        is_large=is_large_print(),
        office=said,
        numbers=() if is_staffed else numbers,
    )
