"""Taking a number, or checking in for an appointment: both end with a place in the line."""

from collections.abc import Mapping
from datetime import datetime, time

from flask import Response
from werkzeug.datastructures import MultiDict

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_, words_in
from nav_access.core.references import NUMBER_DIGITS, digits_of, is_case_number
from nav_access.kiosk import arriving, queries, tickets
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NotExpected
from nav_access.offices.queries import get_office_by_id
from nav_access.web.kiosk.pages import asks, present, show_kiosk
from nav_access.web.kiosk.terminal import VisitForm, at
from nav_access.web.shared.dates import AT, say_date, say_moment, say_time
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.help_form import act_of, submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.templating import current_locale

MOST_HOUR_DIGITS = 2
NOT_A_TIME = N_("Write the time like this: 10:30.")
NOT_EXPECTED = N_("Check the time and the number, or ask the staff.")


class TimeField(TextField):
    """A time of day in any script's digits; `read` is it once it was understood."""

    @property
    def read(self) -> time | None:
        """Return the time, or None."""
        digits = digits_of(self.data)
        hour, minute = (
            (digits, "0")
            if len(digits) <= MOST_HOUR_DIGITS
            else (digits[:-MOST_HOUR_DIGITS], digits[-MOST_HOUR_DIGITS:])
        )
        try:
            return time(int(hour), int(minute))
        except ValueError:
            return None


class CheckInForm(VisitForm):
    """When the appointment is, and the number of the case it is for."""

    time = TimeField(most=20)
    number = TextField(most=60)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for both; whoever types the whole code has typed the number too."""
        super().validate(extra_validators)
        return self.check()

    def check(self) -> bool:
        """Ask for what is missing, whatever the token."""
        if self.time.read is None:
            self.time.errors = [NOT_A_TIME]
        if not is_case_number(self.digits):
            self.number.errors = [NOT_EXPECTED]
        return not self.has_errors

    @property
    def digits(self) -> str:
        """The case number."""
        return digits_of(self.number.data)[:NUMBER_DIGITS]


def take() -> Response:
    """Give the next number."""
    form = VisitForm()
    form.read_token()
    with unit_of_work() as session:
        ticket_id = tickets.take_ticket(
            session,
            at().office_id,
            TicketKind.WALK_IN,
            once=submission_of(form).once,
            now=now(),
        )
    return present("ticket", ticket=str(ticket_id))


def ask() -> Response:
    """Show the fields for time and number."""
    return _ask(CheckInForm(formdata=None))


def check_in() -> Response:
    """Note that whoever has the appointment is here."""
    form = CheckInForm()
    if not form.validate() or not _may_try():
        return _ask_again(form)
    try:
        with unit_of_work() as session:
            ticket_id = arriving.check_in(
                session,
                at(),
                form.digits,
                form.time.read or time(),
                once=act_of(form).once,
                keyring=keyring(),
                now=now(),
            )
    except NotExpected:
        return _ask_again(form)
    return present("ticket", ticket=str(ticket_id))


def show(kept: Mapping[str, str]) -> Response:
    """Show the number, and the line as it is now."""
    ticket_id = int(kept["ticket"])
    with read_session() as session:
        seen = queries.see_ticket(session, ticket_id, now())
        begins = arriving.list_arrived(session, [ticket_id]).get(ticket_id)
        name = get_office_by_id(session, at().office_id).name
    locale = current_locale()
    return show_kiosk(
        "ticket",
        clears=asks(),
        ticket=seen,
        is_called=seen.state in (TicketState.CALLED, TicketState.PRIVATE_ROOM),
        begins=begins and say_moment(begins, locale, now(), AT),
        name=name,
        taken=_say_on_paper(seen.taken_utc),
    )


def _say_on_paper(taken: datetime) -> str:
    """Say a time so that it is clear on another day too."""
    locale, day = current_locale(), to_oslo(taken).date()
    words = words_in(locale)
    return words.text(AT.later, time=say_time(taken), day=say_date(day, locale, day))


def show_check_in(kept: Mapping[str, str]) -> Response:
    """Show the fields again with what was typed, and what to do."""
    form = CheckInForm(formdata=MultiDict(kept))
    form.check()
    if not form.has_errors:
        form.number.errors = [NOT_EXPECTED]
    return _ask(form, 422)


def _may_try() -> bool:
    with unit_of_work() as session:
        return arriving.may_try(session, at(), keyring=keyring(), now=now())


def _ask_again(form: CheckInForm) -> Response:
    return present("check-in", time=form.time.data, number=form.number.data)


def _ask(form: CheckInForm, status: int = 200) -> Response:
    return show_kiosk("check_in", status=status, clears=asks("check-in"), form=form)
