"""The contact centre's first page: it begins with who is calling; then what waits for us."""

from flask import Response, request

from nav_access.core.i18n.wording import N_
from nav_access.intake.centre import lists, looking, queries
from nav_access.intake.centre.answering import list_all_lines
from nav_access.intake.centre.codes import LookUpEnd
from nav_access.intake.centre.looking import Found
from nav_access.staff.notices import list_about_operators
from nav_access.web.contact_centre import wording
from nav_access.web.contact_centre.access import operator
from nav_access.web.contact_centre.case import find_centre
from nav_access.web.contact_centre.forms import LookUpForm
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.notices import say_notices
from nav_access.web.shared.signed_in.pages import see_other, show_at_door

TOO_MANY = N_("You have looked up as many as one person may for now. Ask a colleague to look.")
MOST_STAFFED = 6


def home() -> Response:
    """Show where a call begins, or look for whoever is calling."""
    if request.method != "POST":
        return _show(LookUpForm(formdata=None))
    form = LookUpForm()
    if not form.validate():
        return _show(form, status=422)
    with unit_of_work() as session:
        found = looking.look_up(
            session,
            operator(),
            form.to_question(),
            form.to_submission(),
            keyring=keyring(),
            now=now(),
        )
    return _answer(form, found)


def restore_home(typed: Fields) -> Response:
    """Show the question again to whoever had to sign in before asking; look for nobody."""
    return _show(LookUpForm(formdata=typed), is_restored=True)


def _answer(form: LookUpForm, found: Found) -> Response:
    if found.end is LookUpEnd.TOO_MANY:
        return _show(form, status=429, notice=TOO_MANY)
    if len(found.cases) == 1:
        return see_other(f"/contact-centre/cases/{found.cases[0].number}")
    return show_at_door("contact_centre/found.html", cases=found.cases, phone=form.phone)


def _show(
    form: LookUpForm, *, status: int = 200, notice: str | None = None, is_restored: bool = False
) -> Response:
    who, instant = operator(), now()
    with read_session() as session:
        left = queries.list_left(session, who)
        returned = lists.list_returned(session, who, instant)
        sent = lists.list_sent(session, who, instant)
        taken_over = lists.list_taken_over(session, who, instant)
        own = find_centre(session)
        told = say_notices(session, list_about_operators(session, who, instant))
        lines = list_all_lines(session, instant)
    staffed = [line for line in lines if line.is_staffed and line.office_id != own]
    return show_at_door(
        "contact_centre/home.html",
        status=status,
        form=form,
        notice=notice,
        is_error=status != 200,
        is_restored=is_restored,
        left=left,
        returned=returned,
        sent=sent,
        taken_over=taken_over,
        lines=staffed[:MOST_STAFFED],
        notices=told,
        steps=wording.STEPS,
    )
