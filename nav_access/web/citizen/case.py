"""My case: enter the code, see where it stands, add, correct, withdraw. Nothing in an address."""

import re
from collections.abc import Callable, Mapping

from flask import Response, request

from nav_access.core.i18n.locales import by_path
from nav_access.core.i18n.wording import N_
from nav_access.core.references import CaseCode, NotACaseCode, OnlyCaseNumber, parse_case_code
from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.intake import access, person, queries
from nav_access.intake.access import Entry
from nav_access.intake.acting import service as acting
from nav_access.intake.errors import AlreadyDone, CaseNotFound, NotNow
from nav_access.web.citizen import case_booking
from nav_access.web.citizen.case_forms import CodeForm, ContactForm, InformationForm
from nav_access.web.citizen.case_helpers import GONE
from nav_access.web.citizen.case_pages import (
    show_case,
    show_contact,
    show_entry,
    show_withdraw,
    show_withdrawn,
)
from nav_access.web.citizen.receipt import CASE_SCOPE
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.fields import clean
from nav_access.web.shared.help_form import act_of
from nav_access.web.shared.installation import (
    installation,
    keyring,
    now,
    read_session,
    unit_of_work,
)
from nav_access.web.shared.templating import current_locale, use_locale

ONLY_NUMBER = N_("This is only the case number. Write the whole case code: all 20 digits.")
NOT_A_CODE = N_("Write the 20 digits from your receipt. Check each digit.")
NOT_FOUND = N_("We cannot open a case with this code. Check each digit, or ring us.")
TOO_MANY = N_("Too many tries. Wait an hour and try again, or ring us now.")
_CONSENT_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)

TIME_IS_UP = N_("The page was closed to keep your case safe. Write the code once more.")


def case() -> Response:
    """Show the field for the code, open the case, or do what a page of the case asks."""
    if request.method != "POST":
        return show_entry(CodeForm(), 200)
    if "case" in request.form:
        return _act()
    return _enter()


def _enter() -> Response:
    form = CodeForm(request.form)
    form.validate()
    if request.form.get("do") == "language":
        use_locale(by_path(request.form.get("to", "")) or current_locale())
        return show_entry(form, 200)
    try:
        code = parse_case_code(form.code.data)
    except OnlyCaseNumber:
        return _ask_again(form, ONLY_NUMBER, 422)
    except NotACaseCode:
        return _ask_again(form, NOT_A_CODE, 422)
    return _open(form, code)


def _open(form: CodeForm, code: CaseCode) -> Response:
    address = client_address()
    with unit_of_work() as session:
        entry = access.try_code(
            session,
            code,
            address=address,
            is_shared_network=is_shared_network(address),
            keyring=keyring(),
            now=now(),
        )
    if entry is Entry.OPENED:
        return show_case(code.number, message=clean(request.form.get("message", "")))
    if entry is Entry.TOO_MANY:
        return _ask_again(form, TOO_MANY, 429)
    return _ask_again(form, NOT_FOUND, 422)


def _ask_again(form: CodeForm, what_to_do: str, status: int) -> Response:
    form.code.errors = [what_to_do]
    return show_entry(form, status, message=clean(request.form.get("message", "")))


def _act() -> Response:
    """Do what a button of the case's own pages asks, for the case its token names."""
    try:
        number = _read_case_token()
        return _ACTIONS.get(request.form.get("do", ""), _show)(number)
    except (BadToken, ExpiredToken):
        return _ask_again(CodeForm(), TIME_IS_UP, 422)
    except CaseNotFound:
        return _ask_again(CodeForm(), NOT_FOUND, 422)


def _read_case_token() -> str:
    """Return the number of the case; the page of whoever came in by an older code is shut."""
    tokens = installation().sealed_tokens
    sealed = tokens.open(request.form.get("case", ""), now(), CASE_SCOPE)
    number = sealed["number"]
    with read_session() as session:
        if str(queries.count_codes(session, number)) != sealed.get("codes", "0"):
            raise ExpiredToken
    return number


def _add(number: str) -> Response:
    form = InformationForm()
    if not form.validate():
        return show_case(number, form=form, status=422)
    try:
        with unit_of_work() as session:
            person.add_information(
                session,
                number,
                form.message.data,
                form.acute.data,
                act_of(form),
                keyring=keyring(),
                now=now(),
            )
    except AlreadyDone:
        pass
    return show_case(number, said=N_("We have got what you wrote."))


def _ask_contact(number: str) -> Response:
    with read_session() as session:
        found = queries.get_person_case(session, number, keyring=keyring(), now=now())
    return show_contact(number, ContactForm.from_case(found), found, 200, _typed())


def _save_contact(number: str) -> Response:
    with read_session() as session:
        found = queries.get_person_case(session, number, keyring=keyring(), now=now())
    form = ContactForm()
    if not form.is_good_for(found):
        return show_contact(number, form, found, 422, _typed())
    try:
        with unit_of_work() as session:
            person.change_contact(
                session,
                number,
                form.to_wishes(),
                act_of(form),
                forget=form.forget,
                keyring=keyring(),
                now=now(),
            )
    except AlreadyDone:
        pass
    return show_case(
        number, form=_typed(), said=N_("We will contact you the way you have said now.")
    )


def _typed() -> InformationForm:
    """Return what is being written on the case's page, unjudged, to draw or carry along."""
    form = InformationForm()
    form.read_token()
    return form


def _show(number: str) -> Response:
    return show_case(number, form=_typed())


def _ask_withdraw(number: str) -> Response:
    return show_withdraw(number, _typed())


def _change_language(number: str) -> Response:
    """Show the page in another language, and write to the person in it from now on."""
    use_locale(by_path(request.form.get("to", "")) or current_locale())
    view = request.form.get("view", "")
    if view == "withdrawn" and _is_withdrawn(number):
        return show_withdrawn(number, _typed())
    with unit_of_work() as session:
        person.change_language(session, number, current_locale().tag, keyring=keyring(), now=now())
    return _VIEWS.get(view, _show)(number)


def _is_withdrawn(number: str) -> bool:
    try:
        with read_session() as session:
            queries.get_person_case(session, number, keyring=keyring(), now=now())
    except CaseNotFound:
        return True
    return False


def _draw_contact(number: str) -> Response:
    """Draw the contact form with what was typed in it, unjudged."""
    form = ContactForm()
    form.read_token()
    with read_session() as session:
        found = queries.get_person_case(session, number, keyring=keyring(), now=now())
    return show_contact(number, form, found, 200, _typed())


def _choose_office(number: str) -> Response:
    slug = clean(request.form.get("office", ""))
    if not slug:
        return show_case(number)
    try:
        with unit_of_work() as session:
            person.choose_office(session, number, slug, keyring=keyring(), now=now())
    except NotNow:
        return show_case(number)
    return show_case(number, said=N_("Your request is with the office you chose."))


def _end_help(number: str) -> Response:
    """End an agency's access; pressed twice, or on an old page, it is over all the same."""
    helper = request.form.get("helper", "")
    if _CONSENT_ID.fullmatch(helper):
        with unit_of_work() as session:
            acting.end_by_person(session, number, int(helper), keyring=keyring(), now=now())
    return show_case(number, said=GONE)


def _withdraw(number: str) -> Response:
    with unit_of_work() as session:
        person.withdraw(session, number, keyring=keyring(), now=now())
    return show_withdrawn(number, _typed())


def _undo(number: str) -> Response:
    try:
        with unit_of_work() as session:
            person.undo_withdrawal(session, number, keyring=keyring(), now=now())
    except NotNow:
        return _ask_again(CodeForm(), NOT_FOUND, 422)
    return show_case(number, said=N_("Your request is active again."))


_ACTIONS: Mapping[str, Callable[[str], Response]] = {
    "add": _add,
    "contact": _ask_contact,
    "save-contact": _save_contact,
    "language": _change_language,
    "office": _choose_office,
    "end-help": _end_help,
    "withdraw": _ask_withdraw,
    "withdraw-now": _withdraw,
    "undo": _undo,
    **case_booking.ACTIONS,
}

_VIEWS: Mapping[str, Callable[[str], Response]] = {
    "contact": _draw_contact,
    "withdraw": _ask_withdraw,
    **case_booking.VIEWS,
}
