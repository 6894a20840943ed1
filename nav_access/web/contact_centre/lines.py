"""Who answers now: every office's lines, the internal and the public ones."""

from flask import Response, request

from nav_access.core.clock import to_oslo
from nav_access.intake.centre.answering import list_all_lines
from nav_access.offices.queries import search_offices
from nav_access.web.shared.fields import clean
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.pages import show_at_door

MOST = 60
MOST_ASKED = 100


def lines() -> Response:
    """Show the lines of the offices asked for, or all, those staffed now first."""
    asked = clean(request.args.get("q", ""))[:MOST_ASKED]
    with read_session() as session:
        found = list_all_lines(session, now())
        if asked:
            hits = search_offices(session, asked, today=to_oslo(now()).date())
            wanted = {hit.office.id for hit in hits}
            found = tuple(line for line in found if line.office_id in wanted)
    return show_at_door(
        "contact_centre/lines.html", asked=asked, lines=found[:MOST], has_more=len(found) > MOST
    )
