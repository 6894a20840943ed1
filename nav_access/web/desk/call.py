"""Ringing a person: what to know before, how it went in one press, and what happens next."""

from flask import Response, abort, request

from nav_access.core.references import is_case_number
from nav_access.intake.calling.sheet import CallSheet, get_call
from nav_access.intake.covering import read_as
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.web.desk import call_words
from nav_access.web.desk.acts import ACTS
from nav_access.web.desk.case_forms import ContactForm
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, unit_of_work


def call(number: str) -> Response:
    """Show what whoever rings needs, or log how it went."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return _show(_read(number))
    form = ContactForm()
    if not form.validate():
        return _show(_read(number), form=form, status=422)
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            turn = Turn(reader, number, form.version, form.to_submission())
            ACTS["contact"].run(session, turn, form)
    except AlreadyDone:
        pass
    except (CaseChanged, NotNow):
        return _show(_read(number), form=form, status=409)
    except CaseNotFound:
        abort(404)
    return see_other(f"/desk/cases/{number}/call")


def restore_call(number: str, typed: Fields) -> Response:
    """Show the page with what somebody typed before they had to sign in again; do nothing."""
    return _show(_read(number), form=ContactForm(formdata=typed), is_restored=True)


def _show(
    sheet: CallSheet,
    *,
    form: ContactForm | None = None,
    status: int = 200,
    is_restored: bool = False,
) -> Response:
    seen = form.version if form else sheet.case.version
    news = (event for event in reversed(sheet.case.events) if event.seq > max(seen, 1))
    return show_desk(
        "call.html",
        status=status,
        sheet=sheet,
        case=sheet.case,
        form=form or ContactForm(formdata=None),
        last=call_words.find_last_attempt(sheet.case.events),
        next_line=call_words.say_next(sheet),
        told_line=call_words.say_told(sheet),
        is_after_promise=call_words.is_after_promise(sheet, now()),
        greetings=call_words.list_greetings(sheet),
        may_log="contact_logged" in sheet.case.acts,
        since=tuple(news) if is_restored or status == 409 else (),
        is_restored=is_restored,
    )


def _read(number: str) -> CallSheet:
    """Read the sheet, which is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            return get_call(session, reader, number, keyring=keyring(), now=now())
    except CaseNotFound:
        abort(404)
