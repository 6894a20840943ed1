"""The pages of one's own case that are about its times, drawn."""

from dataclasses import dataclass, replace

from flask import Response

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.errors import SlotTaken
from nav_access.appointments.queries import BookedTime
from nav_access.core.db import Session
from nav_access.core.i18n.locales import Locale
from nav_access.intake import queries
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.booking.own_times import OwnTimes, get_own_times
from nav_access.offices.cards import get_card
from nav_access.offices.queries import get_office_by_id
from nav_access.web.citizen.case_forms import InformationForm
from nav_access.web.citizen.offers import Offer, look_up_offer
from nav_access.web.citizen.offices import say_where
from nav_access.web.citizen.receipt import seal_case
from nav_access.web.citizen.time_fields import CaseCallForm, CaseMeetingForm, TimeFields
from nav_access.web.citizen.times import read_since, say_times
from nav_access.web.shared.booking_words import say_booking
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import current_locale

FORMS: dict[Purpose, type[TimeFields]] = {
    Purpose.CALLBACK: CaseCallForm,
    Purpose.MEETING: CaseMeetingForm,
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A booked time on the case's page."""

    booking: BookedTime
    words: str
    slug: str | None
    where: str
    """Of the office, when that is where we meet."""


def say_own_times(session: Session, own: OwnTimes, locale: Locale) -> list[TimeWords]:
    """Put the times that stand into words."""
    return [_say_time(session, one, locale) for one in own.open]


def _say_time(session: Session, booking: BookedTime, locale: Locale) -> TimeWords:
    is_visit = booking.kind is BookingKind.OFFICE
    office = get_office_by_id(session, booking.office_id) if is_visit else None
    return TimeWords(
        booking=booking,
        words=say_booking(booking, locale, now()),
        slug=office.slug if office else None,
        where=say_where(office) if office else "",
    )


def show_times(
    number: str,
    form: TimeFields,
    status: int,
    carried: InformationForm,
    *,
    refused: SlotTaken | None = None,
    is_blank: bool = False,
) -> Response:
    """Return the list of times to choose from, for a new booking or instead of the one there is."""
    with read_session() as session:
        case = queries.get_person_case(session, number, keyring=keyring(), now=now())
        booked = get_own_times(session, number, now=now()).find_open(form.purpose)
        offer = _look_up(session, case.office_id, form, booked, refused)
    times = say_times(offer, None if is_blank else form.slot.data, current_locale(), now())
    return show(
        "citizen/case_times.html",
        status=status,
        carried=carried,
        case_token=seal_case(number, case.codes_given),
        form=form,
        token=form.token_to_show(),
        purpose=form.purpose,
        booked=say_booking(booked, current_locale(), now()) if booked else None,
        has_phone=case.has_phone,
        offer=offer,
        times=times,
        is_error=status != 200,
    )


def _look_up(
    session: Session,
    office_id: int,
    form: TimeFields,
    booked: BookedTime | None,
    refused: SlotTaken | None,
) -> Offer:
    """Return what is free: at the case's office, or where and as the booked time is."""
    office = get_card(session, booked.office_id if booked else office_id)
    choice = as_booked(booked) if booked else form.choice
    since = read_since(form.since.data)
    offer = look_up_offer(
        session, office, choice, now=now(), since=since, taken=refused, moved=booked
    )
    # A call at any time today is no time that a booked one could be moved to.
    return replace(offer, any_today_until=None) if booked else offer


def as_booked(booked: BookedTime) -> BookingChoice:
    """Return what a moved time is like: as it was, but for when."""
    return BookingChoice(booked.kind, None, booked.with_interpreter, booked.in_private_room)


def show_cannot(number: str, purpose: Purpose, token: str, carried: InformationForm) -> Response:
    """Return the page that asks what shall happen instead of a booked time."""
    with read_session() as session:
        case = queries.get_person_case(session, number, keyring=keyring(), now=now())
        booked = get_own_times(session, number, now=now()).find_open(purpose)
    return show(
        "citizen/case_cannot.html",
        carried=carried,
        case_token=seal_case(number, case.codes_given),
        token=token,
        purpose=purpose,
        booked=say_booking(booked, current_locale(), now()) if booked else None,
    )
