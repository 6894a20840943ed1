"""A case's status at a terminal: the code opens it, and nothing but where it stands is shown."""

from collections.abc import Mapping

from flask import Response

from nav_access.core.i18n.wording import N_
from nav_access.core.references import NotACaseCode, OnlyCaseNumber, parse_case_code
from nav_access.intake import access, queries
from nav_access.intake.access import Entry
from nav_access.intake.booking.own_times import OwnTimes, get_own_times
from nav_access.intake.codes import CaseStatus
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.queries import PersonCase
from nav_access.web.kiosk.pages import asks, present, show_kiosk, start_of
from nav_access.web.kiosk.terminal import VisitForm, go
from nav_access.web.shared.addresses import client_address
from nav_access.web.shared.booking_words import say_booking
from nav_access.web.shared.case_standing import is_standing_said, say_next_call, say_standing
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import look_up_office
from nav_access.web.shared.templating import current_locale

ONLY_NUMBER = N_("This is only the case number. Write the whole case code: all 20 digits.")
NOT_A_CODE = N_("Write the 20 digits from your receipt. Check each digit.")
NOT_FOUND = N_("We cannot open a case with this code. Check each digit, or ring us.")
TOO_MANY = N_("Too many tries. Wait an hour and try again, or ring us now.")
REFUSALS = {
    "only_number": (ONLY_NUMBER, 422),
    "not_a_code": (NOT_A_CODE, 422),
    Entry.NOT_FOUND.value: (NOT_FOUND, 422),
    Entry.TOO_MANY.value: (TOO_MANY, 429),
}


class CodeForm(VisitForm):
    """The case code, as it is typed."""

    code = TextField(most=200)


def ask() -> Response:
    """Show the field for the code."""
    return _show_entry(CodeForm(formdata=None))


def enter() -> Response:
    """Show where the case stands that the code opens."""
    form = CodeForm()
    form.validate()
    try:
        code = parse_case_code(form.code.data)
    except OnlyCaseNumber:
        return present("code", typed=form.code.data, why="only_number")
    except NotACaseCode:
        return present("code", typed=form.code.data, why="not_a_code")
    with unit_of_work() as session:
        entry = access.try_code(
            session,
            code,
            address=client_address(),
            is_shared_network=True,
            keyring=keyring(),
            now=now(),
        )
    if entry is Entry.OPENED:
        return present("case", number=code.number)
    return present("code", typed=form.code.data, why=entry.value)


def show(kept: Mapping[str, str]) -> Response:
    """Show where the case stands; withdrawn meanwhile, it is not there."""
    number = kept["number"]
    try:
        with read_session() as session:
            found = queries.get_person_case(session, number, keyring=keyring(), now=now())
            office = look_up_office(session, found.office_id, now())
            own = get_own_times(session, number, now=now())
    except CaseNotFound:
        return go(start_of())
    return show_kiosk(
        "case",
        clears=asks(),
        number=f"{number[:4]} {number[4:]}",
        office=office,
        is_open=found.status is not CaseStatus.CLOSED,
        said=_say_all(found, own),
    )


def show_entry(kept: Mapping[str, str]) -> Response:
    """Show the field again with what was typed, and what to do."""
    form = CodeForm(formdata=None, data={"code": kept["typed"]})
    what_to_do, status = REFUSALS[kept["why"]]
    form.code.errors = [what_to_do]
    return _show_entry(form, status)


def _say_all(found: PersonCase, own: OwnTimes) -> tuple[str, ...]:
    """Say what was promised, the times that are booked, and when somebody rings next."""
    locale, instant = current_locale(), now()
    standing = [say_standing(found, locale, instant)]
    booked = (say_booking(one, locale, instant) for one in own.open)
    called = say_next_call(found, locale, instant)
    said = standing if is_standing_said(found, own, instant) else []
    return (*said, *booked, *([called] if called else ()))


def _show_entry(form: CodeForm, status: int = 200) -> Response:
    return show_kiosk("code", status=status, clears=asks("case"), form=form)
