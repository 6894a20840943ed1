"""What the holder of a case does with its times: book, move, cancel, «I cannot make it»."""

from collections.abc import Callable, Mapping

from flask import Response, request

from nav_access.appointments.codes import BookingKind, CancelledBy, Purpose
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered, SlotTaken
from nav_access.core.i18n.wording import N_
from nav_access.core.patience import again_while_busy
from nav_access.intake import queries
from nav_access.intake.booking import service as booking
from nav_access.intake.booking.own_times import get_own_times
from nav_access.intake.errors import FormUsed
from nav_access.offices.queries import get_office_by_id
from nav_access.web.citizen.booking_forms import RUNG
from nav_access.web.citizen.booking_refusals import BOOKED_BEFORE, HAS_ONE, refuse
from nav_access.web.citizen.case_forms import InformationForm
from nav_access.web.citizen.case_pages import show_case
from nav_access.web.citizen.case_times import FORMS, show_cannot, show_times
from nav_access.web.citizen.offices import say_where
from nav_access.web.citizen.time_fields import CaseCancelForm, TimeFields
from nav_access.web.shared.booking_words import calendar_entry
from nav_access.web.shared.calendar_file import MIME_TYPE, write_calendar
from nav_access.web.shared.help_form import act_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.templating import current_locale

BOOKED = N_("Your time is booked")
MOVED = N_("Your time is moved.")
CANCELLED = N_("Your time is cancelled. Your case is still open.")
PREVENTED = N_("Your time is cancelled. We will contact you all the same.")
MAY_NOT_RING = N_(
    "We are not allowed to ring you yet. First press “Change phone, e-mail or times”."
)
NOTHING_BOOKED = N_("That time is not booked any more.")


def read_purpose() -> Purpose:
    """Return which of the case's times a button is about; a call unless it says a meeting."""
    is_meeting = request.form.get("purpose") == Purpose.MEETING
    return Purpose.MEETING if is_meeting else Purpose.CALLBACK


def _ask_call(number: str) -> Response:
    return _ask_time(number, Purpose.CALLBACK)


def _ask_meeting(number: str) -> Response:
    return _ask_time(number, Purpose.MEETING)


def _ask_move(number: str) -> Response:
    return _ask_time(number, read_purpose())


def _ask_time(number: str, purpose: Purpose) -> Response:
    form = FORMS[purpose](formdata=None)
    return show_times(number, form, 200, _typed(), is_blank=True)


def draw_times(number: str) -> Response:
    """Draw the list of times again with what was chosen, unjudged."""
    form = FORMS[read_purpose()]()
    form.read_token()
    return show_times(number, form, 200, _typed())


def _show_later(number: str) -> Response:
    """Go on to the days after those shown."""
    form = FORMS[read_purpose()]()
    form.read_token()
    form.since.data = request.form.get("later", "")[:10]
    return show_times(number, form, 200, _typed())


def _show_first(number: str) -> Response:
    """Go back to the first free times."""
    form = FORMS[read_purpose()]()
    form.read_token()
    form.since.data = ""
    return show_times(number, form, 200, _typed())


def _choose(number: str) -> Response:
    """Book the chosen time, or move the one that is booked to it."""
    form = FORMS[read_purpose()]()
    if not form.validate():
        return show_times(number, form, 422, _typed())
    if form.kind is not BookingKind.OFFICE and not _may_ring(number):
        form.slot.ask(MAY_NOT_RING)
        return show_times(number, form, 422, _typed())
    try:
        said = again_while_busy(lambda: _move(number, form) or _book(number, form))
    except (SlotTaken, NotOffered) as fact:
        return show_times(number, form, 422, _typed(), refused=refuse(form, fact))
    except FormUsed:
        form.renew_token()
        form.slot.ask(BOOKED_BEFORE)
        return show_times(number, form, 422, _typed())
    except AlreadyBooked:
        said = HAS_ONE
    return show_case(number, form=_typed(), said=said)


def _may_ring(number: str) -> bool:
    """Say whether there is a number that is theirs, and the person wants to be rung at it."""
    with read_session() as session:
        case = queries.get_person_case(session, number, keyring=keyring(), now=now())
    has_number = case.has_phone and not case.is_wrong_number
    return has_number and case.reach in RUNG and not case.is_helper_gone


def _move(number: str, form: TimeFields) -> str | None:
    """Move the booked time; None when none is booked."""
    slot_id = form.slot.slot_id
    if slot_id is None:
        return None
    try:
        with unit_of_work() as session:
            booking.move_booking(
                session,
                number,
                form.purpose,
                slot_id,
                act_of(form),
                keyring=keyring(),
                now=now(),
            )
    except NotBooked:
        return None
    return MOVED


def _book(number: str, form: TimeFields) -> str:
    with unit_of_work() as session:
        booking.book_for_case(
            session, number, form.choice, act_of(form), keyring=keyring(), now=now()
        )
    return BOOKED


def ask_cannot(number: str) -> Response:
    """Ask what shall happen instead."""
    form = CaseCancelForm(formdata=None)
    return show_cannot(number, read_purpose(), form.token_to_show(), _typed())


def _cancel(number: str) -> Response:
    return _end(number, CancelledBy.PERSON, CANCELLED)


def _prevented(number: str) -> Response:
    return _end(number, CancelledBy.PREVENTED, PREVENTED)


def _end(number: str, by: CancelledBy, said: str) -> Response:
    form = CaseCancelForm()
    if not form.validate():
        return ask_cannot(number)
    try:
        with unit_of_work() as session:
            booking.cancel_booking(
                session, number, read_purpose(), by, act_of(form), keyring=keyring(), now=now()
            )
    except FormUsed:
        # Another time stands since: it is shown, and asked about.
        return ask_cannot(number)
    except NotBooked:
        return show_case(number, form=_typed(), said=NOTHING_BOOKED)
    return show_case(number, form=_typed(), said=said)


def _give_calendar(number: str) -> Response:
    """Answer with a file that puts the time in a calendar, moves it there, or takes it out."""
    with read_session() as session:
        case = queries.get_person_case(session, number, keyring=keyring(), now=now())
        found = get_own_times(session, number, now=now()).find(request.form.get("uid", ""))
        if found is None:
            return show_case(number, said=NOTHING_BOOKED)
        office = get_office_by_id(session, found.office_id)
    is_told = case.may_say_who and found.kind is BookingKind.OFFICE
    place = ", ".join(filter(None, (office.name, say_where(office)))) if is_told else None
    entry = calendar_entry(found, place, current_locale())
    response = Response(write_calendar(entry), mimetype=MIME_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="time.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed() -> InformationForm:
    """Return what is being written on the case's page, unjudged, to carry along."""
    form = InformationForm()
    form.read_token()
    return form


ACTIONS: Mapping[str, Callable[[str], Response]] = {
    "book-callback": _ask_call,
    "book-meeting": _ask_meeting,
    "move": _ask_move,
    "times": _show_first,
    "later": _show_later,
    "choose": _choose,
    "cannot": ask_cannot,
    "cancel-time": _cancel,
    "prevented": _prevented,
    "calendar": _give_calendar,
}

VIEWS: Mapping[str, Callable[[str], Response]] = {"times": draw_times, "cannot": ask_cannot}
