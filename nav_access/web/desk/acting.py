"""Who helps the person in a case, by their consent; the office ends it with one press."""

import re

from flask import Response, abort, request

from nav_access.core.references import is_case_number
from nav_access.intake import handling
from nav_access.intake.acting import service
from nav_access.intake.acting.queries import list_helpers
from nav_access.intake.errors import CaseNotFound
from nav_access.web.desk.forms import PlainForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.signed_in import acting_words
from nav_access.web.shared.signed_in.drafts import Fields

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def acting(number: str) -> Response:
    """Show who helps, or end an agency's access; pressed twice it is over all the same."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return _show(number)
    form, asked = PlainForm(), request.form.get("helper", "")
    if not form.validate() or not _ID.fullmatch(asked):
        return _show(number, form=form, status=422)
    try:
        with unit_of_work() as session:
            service.end_by_office(session, who(), number, int(asked), keyring=keyring(), now=now())
    except CaseNotFound:
        abort(404)
    return see_other(f"/desk/cases/{number}/acting")


def restore_acting(number: str, typed: Fields) -> Response:
    """Show who helps; a press has nothing typed to keep."""
    return _show(number, form=PlainForm(formdata=typed))


def _show(number: str, *, form: PlainForm | None = None, status: int = 200) -> Response:
    """Read who helps; reading the case is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            case = handling.open_case(
                session, who(), number, is_to_act=True, keyring=keyring(), now=now()
            )
            found = list_helpers(session, number, now())
    except CaseNotFound:
        abort(404)
    return show_desk(
        "acting.html", status=status, case=case, helpers=found, form=form, words=acting_words
    )
