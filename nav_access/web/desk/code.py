"""A new case code for a person who has lost theirs: made once it is sure who asks, shown once."""

from flask import Response, abort, request
from markupsafe import Markup

from nav_access.core.i18n.locales import DEFAULT, Locale, by_tag
from nav_access.core.i18n.wording import N_
from nav_access.core.references import CaseCode, group_code, is_case_number
from nav_access.intake import handling
from nav_access.intake.codes import EventKind
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.intake.new_code import give_code
from nav_access.intake.staff_queries import StaffCase
from nav_access.web.desk.case_forms import NewCodeForm
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.protection import CHANGED
from nav_access.web.shared.for_person import say_case_address
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import look_up_office
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.session import who
from nav_access.web.shared.templating import render

SHOWN = N_("The code was shown once, and cannot be shown again. Does the person not have it?")


def code(number: str) -> Response:
    """Ask how it is sure who asks, or give the code; 404 for whose it is not to give."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return _ask(_open(number))
    form = NewCodeForm()
    if not form.validate():
        return _ask(_open(number), form, status=422)
    return _give(number, form)


def restore_code(number: str, typed: Fields) -> Response:
    """Show the page with what somebody typed before they had to sign in again; do nothing."""
    return _ask(_open(number), NewCodeForm(formdata=typed))


def _give(number: str, form: NewCodeForm) -> Response:
    turn = Turn(who(), number, form.version, form.to_submission())
    try:
        with unit_of_work() as session:
            given = give_code(session, turn, form.how_sure.data, keyring=keyring(), now=now())
    except AlreadyDone:
        return _ask(_open(number), notice=SHOWN)
    except CaseChanged:
        return _ask(_open(number), form, notice=CHANGED, status=409)
    except (CaseNotFound, NotNow):
        abort(404)
    return _show(_open(number), given)


def _ask(
    case: StaffCase,
    form: NewCodeForm | None = None,
    *,
    notice: str | None = None,
    status: int = 200,
) -> Response:
    drawn = form or NewCodeForm(formdata=None)
    return show_desk("code.html", status=status, case=case, form=drawn, notice=notice)


def _show(case: StaffCase, given: CaseCode) -> Response:
    """Show the code to read aloud, and the person's own page to print; nothing gives it again."""
    person = by_tag(case.language) or DEFAULT
    return show_desk(
        "code_given.html",
        case=case,
        person=person,
        for_person=_say_for_person(case, given, person),
    )


def _say_for_person(case: StaffCase, given: CaseCode, person: Locale) -> Markup:
    """Return what is handed over, in the person's language."""
    with read_session() as session:
        office = look_up_office(session, case.office_id, now())
    text = render(
        "desk/code_for_person.html",
        person,
        code=group_code(given.number, given.key),
        number=f"{given.number[:4]} {given.number[4:]}",
        office=office,
        address=say_case_address(person),
    )
    return Markup(text)  # noqa: S704 - a page of ours, escaped where it was made


def _open(number: str) -> StaffCase:
    """Read the case, which is logged; to whoever may not give a code there is no such page."""
    try:
        with unit_of_work() as session:
            case = handling.open_case(
                session, who(), number, is_to_act=True, keyring=keyring(), now=now()
            )
    except CaseNotFound:
        abort(404)
    if EventKind.CODE_GIVEN not in case.acts:
        abort(404)
    return case
