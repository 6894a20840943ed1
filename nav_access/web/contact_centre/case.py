"""A caller's case: what handing it over needs, and nothing of what was written in it."""

from flask import Response, abort

from nav_access.core.db import Session
from nav_access.core.references import is_case_number
from nav_access.intake.centre import queries
from nav_access.intake.centre.queries import OperatorCase
from nav_access.intake.errors import CaseNotFound
from nav_access.offices.codes import DutyAudience
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.queries import get_contact_centre
from nav_access.offices.roster.queries import ListedLine, list_lines
from nav_access.web.contact_centre import wording
from nav_access.web.contact_centre.access import operator
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.pages import show_at_door


def case(number: str) -> Response:
    """Show the case, and who at its office answers now."""
    found = open_case(number)
    with read_session() as session:
        lines = find_lines(session, found.office_id)
        centre = find_centre(session)
        own = find_lines(session, centre) if centre not in (None, found.office_id) else ()
    return show_at_door(
        "contact_centre/case.html",
        case=found,
        lines=lines,
        centre_lines=own,
        attempts=wording.ATTEMPTS,
        transfers=wording.TRANSFERS,
        steps=wording.STEPS,
    )


def open_case(number: str) -> OperatorCase:
    """Read a case, which is logged in the same transaction; 404 for one not open to the reader."""
    if not is_case_number(number):
        abort(404)
    try:
        with unit_of_work() as session:
            return queries.open_case(session, operator(), number, keyring=keyring(), now=now())
    except CaseNotFound:
        abort(404)


def find_centre(session: Session) -> int | None:
    """Return the contact centre's own office; None before there is one."""
    try:
        return get_contact_centre(session).id
    except OfficeNotFound:
        return None


def find_lines(session: Session, office_id: int) -> tuple[ListedLine, ...]:
    """Return an office's lines as the contact centre rings them, those staffed now first."""
    return list_lines(session, DutyAudience.CONTACT_CENTRE, now(), office_id=office_id)
