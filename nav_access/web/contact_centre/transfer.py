"""Putting a caller through: the number to ring, and one press for how it went."""

from flask import Response, abort, request

from nav_access.core.references import is_case_number
from nav_access.intake.applications import Submission
from nav_access.intake.centre import transfers
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.centre.errors import LineNotFound
from nav_access.intake.errors import CaseNotFound
from nav_access.offices.roster.queries import ListedLine
from nav_access.web.contact_centre import wording
from nav_access.web.contact_centre.access import operator
from nav_access.web.contact_centre.case import find_lines, open_case
from nav_access.web.contact_centre.forms import TransferForm
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.pages import see_other, show_at_door


def transfer(line_id: int, number: str | None = None) -> Response:
    """Show the line to ring for a caller, with a case or without, or log how it went."""
    if number is not None and not is_case_number(number):
        abort(404)
    line = _find_line(line_id)
    if request.method != "POST":
        return _show(line, number)
    form = TransferForm()
    if not form.validate() or form.outcome.data is None:
        return _show(line, number, form, status=422)
    try:
        _log(line, form.outcome.data, form.to_submission(), number)
    except (CaseNotFound, LineNotFound):
        abort(404)
    return see_other(f"/contact-centre/cases/{number}" if number else "/contact-centre/lines")


def _log(line: ListedLine, outcome: TransferOutcome, once: Submission, number: str | None) -> None:
    with unit_of_work() as session:
        transfers.log_transfer(
            session,
            operator(),
            line.line_id,
            outcome,
            once,
            number=number,
            keyring=keyring(),
            now=now(),
        )


def restore_transfer(typed: Fields, line_id: int, number: str | None = None) -> Response:
    """Show the line again to whoever had to sign in before saying how it went."""
    return _show(_find_line(line_id), number, TransferForm(formdata=typed))


def _show(
    line: ListedLine,
    number: str | None,
    form: TransferForm | None = None,
    *,
    status: int = 200,
) -> Response:
    if number is not None:
        open_case(number)
    return show_at_door(
        "contact_centre/transfer.html",
        status=status,
        form=form or TransferForm(formdata=None),
        line=line,
        number=number,
        transfers=wording.TRANSFERS,
    )


def _find_line(line_id: int) -> ListedLine:
    with read_session() as session:
        office_id = transfers.find_office_of_line(session, line_id)
        lines = find_lines(session, office_id) if office_id is not None else ()
    found = next((line for line in lines if line.line_id == line_id), None)
    if found is None:
        abort(404)
    return found
