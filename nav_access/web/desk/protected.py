"""Protected persons: the cases of those with the role, looks to take note of, and the emergency."""

from flask import Response, request

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.errors import AlreadyDone
from nav_access.intake.handling import Turn
from nav_access.intake.protected import queries, service
from nav_access.intake.protected.errors import (
    AlreadyAcknowledged,
    NothingProtected,
    TooManyNumbers,
)
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.protected_forms import GlassForm, NoteTakenForm
from nav_access.web.desk.protected_words import GLASS_REASONS
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.session import who

HERE = "/desk/protected"

NOT_FOUND = N_(
    "No case that is hidden from you at your office has this number. Check it with the person, "
    "or look in the queue."
)
TOO_MANY = N_("That was many numbers. Wait an hour, or ask somebody with the role.")
TAKEN = N_("Somebody else has taken note of it, or it is not yours to take note of.")


def protected() -> Response:
    """Show what is the reader's of all this, take note of a look, or open a case."""
    if request.method != "POST":
        return _show()
    if request.form.get("do", "") == "noted":
        return _take_note(NoteTakenForm())
    form = GlassForm()
    if not form.validate():
        return _show(form=form, status=422)
    return _break(form)


def restore_protected(typed: Fields) -> Response:
    """Show the page with what somebody typed before they had to sign in again; do nothing."""
    is_note = typed.get("do", "") == "noted"
    return _show(form=None if is_note else GlassForm(formdata=typed))


def _take_note(form: NoteTakenForm) -> Response:
    if not form.validate():
        return _show(notice=TAKEN, status=422)
    try:
        with unit_of_work() as session:
            service.acknowledge(session, who(), form.glass_id, now=now())
    except AlreadyAcknowledged:
        return _show(notice=TAKEN, status=409)
    return see_other(HERE)


def _break(form: GlassForm) -> Response:
    """Open the case; a try is counted before the number is looked at, whatever comes of it."""
    try:
        with unit_of_work() as session:
            service.take_number(session, who(), now=now())
        with unit_of_work() as session:
            _open(session, form)
    except TooManyNumbers:
        return _show(form=form, notice=TOO_MANY, status=429)
    except NothingProtected:
        form.ask(form.number, NOT_FOUND)
        return _show(form=form, status=422)
    return see_other(f"/desk/cases/{form.case_number}")


def _open(session: Session, form: GlassForm) -> None:
    reason, text = form.glass_reason.data, form.text
    if reason is None or text is None:
        raise LookupError("the form is not valid")
    turn = Turn(who(), form.case_number, form.version, form.to_submission())
    service.give_number_back(session, who(), now=now())
    try:
        service.break_glass(session, turn, reason, text, keyring=keyring(), now=now())
    except AlreadyDone:
        return


def _show(
    *, form: GlassForm | None = None, notice: str | None = None, status: int = 200
) -> Response:
    with read_session() as session:
        rows = queries.list_protected(session, who())
        unread = queries.list_unread(session, who())
        noted = queries.list_acknowledged(session, who())
        without = queries.count_without_keeper(session, who())
    return show_desk(
        "protected.html",
        status=status,
        rows=rows,
        unread=unread,
        noted=noted,
        without=without,
        reasons=GLASS_REASONS,
        form=form or GlassForm(formdata=None),
        notice=notice,
    )
