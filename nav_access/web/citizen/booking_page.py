"""The page on which a time is chosen by anybody: where, what is free there, who answers now."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Response, request

from nav_access.appointments.errors import SlotTaken
from nav_access.core.db import DatabaseUnavailable, Session
from nav_access.core.facts import load_facts
from nav_access.core.i18n.wording import N_
from nav_access.offices.cards import OfficeCard, get_card, get_centre_card
from nav_access.offices.queries import AfterHoursNumber
from nav_access.web.citizen.booking_forms import BookingForm
from nav_access.web.citizen.booking_place import Asked, find_office, find_offices
from nav_access.web.citizen.offers import Offer, look_up_offer
from nav_access.web.citizen.offices import Found
from nav_access.web.citizen.times import read_since, say_times
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.page_cache import HOLE
from nav_access.web.shared.pages import SHORTLY, show
from nav_access.web.shared.templating import current_locale

UNPROCESSABLE = 422

WRITE_PLACE = N_("Write the postcode or the name of the place where you are staying.")
CHOOSE_OFFICE = N_("Choose the office where you are staying")


@dataclass(frozen=True, slots=True)
class Door:
    """One of the pages on which a time can be booked by anybody."""

    path: str
    form: type[BookingForm]


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a time would be booked, what is free there, and who answers now."""

    office: OfficeCard | None = None
    found: Found = field(default_factory=Found)
    offer: Offer = field(default_factory=Offer)
    is_staffed: bool = True
    numbers: tuple[AfterHoursNumber, ...] = ()
    is_known: bool = True


def show_form(
    door: Door,
    form: BookingForm,
    status: int,
    *,
    notice: str | None = None,
    may_have_case: bool = False,
    refused: SlotTaken | None = None,
    is_blank: bool = False,
) -> Response:
    """Return the page with all that was typed; near a time that was just taken, if one was."""
    _turn_page(form)
    around = _look_around_if_possible(form, refused)
    if status == UNPROCESSABLE and around.is_known and around.office is None:
        _ask_where(form, around.found)
    chosen = None if is_blank else form.slot.data
    return show(
        f"citizen/{door.path}.html",
        status=status,
        path=door.path,
        keep=SHORTLY if is_blank else None,
        # Without a single time there is no form on the page.
        hole=None if around.offer.is_empty else form.scope,
        form=form,
        token=HOLE if is_blank else form.token_to_show(),
        around=around,
        times=say_times(around.offer, chosen, current_locale(), now()),
        phone=(around.office and around.office.find_phone(now()))
        or load_facts().service_phone.number,
        notice=notice,
        may_have_case=may_have_case,
        is_blank=is_blank,
        is_error=status != 200,
        path_after_language=f"/{door.path}?{urlencode({'office': form.office.data})}",
    )


def _turn_page(form: BookingForm) -> None:
    """Begin the list where a button of the page asks for it."""
    act = request.form.get("do")
    if act == "times":
        form.since.data = ""
    elif act == "later":
        form.since.data = request.form.get("later", "")[:10]


def _ask_where(form: BookingForm, found: Found) -> None:
    """Ask for the office first: without one there are no times to choose among."""
    form.slot.errors = []
    form.office.errors = [CHOOSE_OFFICE] if found.hits else []
    form.place.errors = [] if found.hits else [WRITE_PLACE]


def _look_around_if_possible(form: BookingForm, refused: SlotTaken | None) -> Situation:
    """Return what is free; when the database is away too, the page must come all the same."""
    try:
        with read_session() as session:
            return _look_around(session, form, refused)
    except DatabaseUnavailable:
        if request.method != "POST":
            raise
        return Situation(is_known=False)


def _look_around(session: Session, form: BookingForm, refused: SlotTaken | None) -> Situation:
    instant, asked = now(), Asked(form.office.data, form.place.data)
    office = get_card(session, refused.office_id) if refused else find_office(session, asked)
    answering = office or get_centre_card(session)
    is_staffed = answering.is_answered(instant)
    return Situation(
        office=office,
        found=Found() if office else find_offices(session, asked),
        offer=look_up_offer(
            session,
            office,
            form.choice,
            now=instant,
            since=read_since(form.since.data),
            taken=refused,
        )
        if office
        else Offer(),
        is_staffed=is_staffed,
        numbers=() if is_staffed else answering.after_hours,
    )
