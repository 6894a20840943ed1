"""The pages of one's own case, drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Response

from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake import queries
from nav_access.intake.booking.own_times import get_own_times
from nav_access.intake.codes import CaseStatus, ContactOutcome, EventKind
from nav_access.intake.direct_number.queries import find_direct_line
from nav_access.intake.queries import PersonCase, PersonEvent
from nav_access.intake.rules import UNDO_WITHDRAWAL
from nav_access.web.citizen.case_forms import CodeForm, ContactForm, InformationForm
from nav_access.web.citizen.case_helpers import say_helpers
from nav_access.web.citizen.case_times import say_own_times
from nav_access.web.citizen.plan_lines import list_plan
from nav_access.web.citizen.receipt import seal_case
from nav_access.web.shared.case_standing import (
    is_standing_said,
    is_tried_later,
    say_next_call,
    say_standing,
)
from nav_access.web.shared.dates import AT, say_moment
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.promises import look_up_office
from nav_access.web.shared.templating import current_locale

EVENTS = {
    EventKind.RECEIVED: N_("We received your request."),
    EventKind.INFORMATION_ADDED: N_("You told us more."),
    EventKind.CONTACT_CHANGED: N_("You changed how we can reach you."),
    EventKind.LANGUAGE_CHANGED: N_("You changed the language."),
    EventKind.OFFICE_CHOSEN: N_("The request went to another office."),
    EventKind.OFFICE_ACCEPTED: N_("The request went to another office."),
    EventKind.PLAN_CHANGED: N_("Your plan was changed."),
    EventKind.WITHDRAWN: N_("You took the request back."),
    EventKind.WITHDRAWAL_UNDONE: N_("Your request is active again."),
    EventKind.DEADLINE_CHANGED: N_("The office changed when it will answer."),
    EventKind.CLOSED: N_("The office closed the case."),
    EventKind.REOPENED: N_("The office opened the case again."),
    EventKind.CALL_PLANNED: N_("We will try to ring you again."),
    EventKind.FALLBACK_CHOSEN: N_("Ringing did not work. We will reach you in another way."),
    EventKind.ESCALATED: N_("We were late. Those in charge were told."),
    EventKind.BOOKED: N_("A time was booked."),
    EventKind.BOOKING_MOVED: N_("The time was moved."),
    EventKind.BOOKING_CANCELLED: N_("The time was cancelled."),
    EventKind.NO_SHOW: N_("We did not meet. Your case is still open."),
    EventKind.MEETING_KEPT: N_("We met or spoke as agreed."),
    EventKind.TEXTED: N_("A text message came from your number."),
    EventKind.CONSENT_GIVEN: N_("You let somebody help you with this case."),
    EventKind.CONSENT_ENDED: N_("Their access to your case was ended."),
    EventKind.CENTRE_WROTE: N_("The contact centre sent a message to the office."),
    EventKind.CODE_GIVEN: N_("You got a new case code."),
    EventKind.CENTRE_READ: N_("The office has read the contact centre's message."),
}

ANY_TODAY = N_("You asked to be rung at any time that day.")

OUTCOMES = {
    ContactOutcome.ANSWERED: N_("We spoke with you."),
    ContactOutcome.NO_ANSWER: N_("We tried to reach you. Nobody answered."),
    ContactOutcome.BUSY: N_("We tried to reach you. The line was busy."),
    ContactOutcome.WRONG_NUMBER: N_("We tried to reach you. The number was wrong."),
}


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line of the timeline: when, in words, and what happened."""

    when: str
    what: str


def show_entry(form: CodeForm, status: int, *, message: str = "") -> Response:
    """Return the page with the field for the code; text typed elsewhere goes along."""
    return show(
        "citizen/case_entry.html",
        status=status,
        keep=LONG if status == 200 and not form.code.data and not message else None,
        form=form,
        message=message,
        is_error=form.has_errors,
    )


def show_case(
    number: str,
    *,
    form: InformationForm | None = None,
    message: str = "",
    said: str | None = None,
    status: int = 200,
) -> Response:
    """Return the case as its holder sees it; `said` confirms what was just done."""
    instant, locale = now(), current_locale()
    with read_session() as session:
        found = queries.get_person_case(session, number, keyring=keyring(), now=now())
        office = look_up_office(session, found.office_id, instant)
        own = get_own_times(session, number, now=instant)
        booked = say_own_times(session, own, locale)
        plan = list_plan(session, number, locale)
        direct = find_direct_line(session, number)
        helpers = say_helpers(session, number, locale)
    drawn = form or InformationForm(formdata=None, data={"message": message})
    return show(
        "citizen/case.html",
        status=status,
        case=found,
        case_token=seal_case(number, found.codes_given),
        direct_phone=direct.phone,
        form=drawn,
        helpers=helpers,
        is_error=status != 200,
        number=f"{number[:4]} {number[4:]}",
        office=office,
        needs_night_numbers=found.status is CaseStatus.WAITING
        and office.needs_night_numbers(found.deadline_utc, instant),
        said=said,
        standing=say_standing(found, locale, instant),
        is_standing_said=is_standing_said(found, own, instant),
        booked=booked,
        own=own,
        plan=plan,
        next_call=say_next_call(found, locale, instant),
        is_tried_later=is_tried_later(found, instant),
        is_open=found.status is not CaseStatus.CLOSED,
        is_late=found.status is CaseStatus.WAITING and found.deadline_utc <= instant,
        is_wrong_number=found.is_wrong_number,
        timeline=[_say_event(event, locale) for event in _without_repeats(found.events)],
        token=drawn.token_to_show(),
    )


def show_contact(
    number: str, form: ContactForm, found: PersonCase, status: int, carried: InformationForm
) -> Response:
    """Return the page to correct phone, e-mail and wishes; other typed words are carried."""
    return show(
        "citizen/case_contact.html",
        status=status,
        carried=carried,
        case=found,
        case_token=seal_case(number, found.codes_given),
        form=form,
        is_error=status != 200,
        token=form.token_to_show(),
    )


def show_withdraw(number: str, carried: InformationForm) -> Response:
    """Return the page that asks whether to take the request back."""
    with read_session() as session:
        found = queries.get_person_case(session, number, keyring=keyring(), now=now())
        booked = say_own_times(session, get_own_times(session, number, now=now()), current_locale())
    return show(
        "citizen/case_withdraw.html",
        case_token=seal_case(number, found.codes_given),
        carried=carried,
        booked=booked,
        is_done=False,
    )


def show_withdrawn(number: str, carried: InformationForm) -> Response:
    """Return the confirmation, with the way back."""
    with read_session() as session:
        codes = queries.count_codes(session, number)
    token = seal_case(number, codes, UNDO_WITHDRAWAL)
    return show("citizen/case_withdraw.html", case_token=token, carried=carried, is_done=True)


def _without_repeats(events: Iterable[PersonEvent]) -> Iterator[PersonEvent]:
    """Leave out changes of the plan just before another: the plan itself stands on the page."""
    newer = None
    for event in events:
        if event.kind is not EventKind.PLAN_CHANGED or newer is not EventKind.PLAN_CHANGED:
            yield event
        newer = event.kind


def _say_event(event: PersonEvent, locale: Locale) -> TimelineLine:
    if event.kind is EventKind.BOOKED and event.starts_utc is None:
        return TimelineLine(say_moment(event.at_utc, locale, now(), AT), ANY_TODAY)
    what = OUTCOMES[event.outcome] if event.outcome else EVENTS[event.kind]
    return TimelineLine(say_moment(event.at_utc, locale, now(), AT), what)
