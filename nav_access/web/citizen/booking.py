"""Book a time without a case: a list of times, who and how, and the receipt as the answer."""

from functools import partial

from flask import Response, request

from nav_access.appointments.errors import AlreadyBooked, NotOffered, SlotTaken
from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.locales import by_path
from nav_access.core.patience import again_while_busy
from nav_access.intake import receipts
from nav_access.intake.applications import Application, Submission
from nav_access.intake.booking import service as booking
from nav_access.intake.booking.choices import BookedReceipt, BookingChoice
from nav_access.intake.counting import count_refusal, count_request
from nav_access.intake.errors import FormUsed, TooManyRequests
from nav_access.offices.cards import OfficeCard
from nav_access.web.citizen.booked import (
    Place,
    find_booked,
    look_up_place,
    show_booked,
    show_booked_again,
)
from nav_access.web.citizen.booking_forms import BookingForm
from nav_access.web.citizen.booking_page import Door, show_form
from nav_access.web.citizen.booking_place import Asked, ask_place, find_office, find_offices
from nav_access.web.citizen.booking_refusals import BOOKED_BEFORE, HAS_ONE, refuse
from nav_access.web.citizen.help import NOT_STORED, TOO_MANY
from nav_access.web.citizen.offices import Found
from nav_access.web.citizen.receipt import RECEIPT_FIELD
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.help_form import submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.templating import current_locale, use_locale

REDRAWN = frozenset({"language", "times", "later"})
"""Buttons that draw the page again with all that was typed, and take nothing."""


def answer(door: Door) -> Response:
    """Show the page, or take the booking: the answer to one taken is its receipt."""
    if request.method != "POST":
        return _show_first(door)
    if RECEIPT_FIELD in request.form:
        return show_booked_again(door.path) or _show_first(door)
    form = door.form()
    try:
        return _answer(door, form)
    except (SlotTaken, NotOffered) as fact:
        return show_form(door, form, 422, refused=refuse(form, fact))
    except AlreadyBooked:
        return _refuse_second(door, form)
    except FormUsed:
        form.renew_token()
        return show_form(door, form, 422, notice=BOOKED_BEFORE, may_have_case=True)
    except TooManyRequests:
        return show_form(door, form, 429, notice=TOO_MANY)
    except DatabaseUnavailable:
        return show_form(door, form, 503, notice=NOT_STORED)


def _answer(door: Door, form: BookingForm) -> Response:
    act = request.form.get("do")
    if act == "language":
        use_locale(by_path(request.form.get("to", "")) or current_locale())
    if act in REDRAWN:
        form.read_token()
        return show_form(door, form, 200)
    return _take(door, form) if form.validate() else _answer_faulty(door, form)


def _show_first(door: Door) -> Response:
    """Show the page as it is before anything was typed; without an office, ask where."""
    asked = Asked.in_address()
    with read_session() as session:
        office = find_office(session, asked)
        found = Found() if office else find_offices(session, asked)
    if office is None:
        return ask_place(door.path, asked, found)
    return show_form(door, _blank(door, office), 200, is_blank=True)


def _blank(door: Door, office: OfficeCard) -> BookingForm:
    return door.form(
        formdata=None,
        data={
            "office": office.slug,
            "since": request.args.get("since", "")[:10],
            "speak": current_locale().endonym,
        },
    )


def _take(door: Door, form: BookingForm) -> Response:
    with read_session() as session:
        office = find_office(session, Asked(form.office.data, form.place.data))
    if office is None and form.slot.slot_id is None:
        return show_form(door, form, 422)
    submission = submission_of(form)
    application = form.to_application(current_locale(), office.slug if office else "")
    store = partial(_store, application, form.choice, submission)
    booked, place = again_while_busy(store)
    return show_booked(door.path, booked, submission, place)


def _store(
    application: Application, choice: BookingChoice, submission: Submission
) -> tuple[BookedReceipt, Place]:
    """Store the request with its time; who comes too late learns it before anything is written."""
    address, keys, instant = client_address(), keyring(), now()
    with read_session() as session:
        booking.check_choice(session, choice, submission, keyring=keys, now=instant)
    with unit_of_work() as session:
        booked = booking.receive_booking(
            session, application, choice, submission, keyring=keys, now=instant
        )
        if not booked.receipt.is_repeat:
            count_request(
                session,
                booked.receipt,
                address=address,
                is_shared_network=is_shared_network(address),
                keyring=keys,
                now=instant,
            )
        place = look_up_place(session, booked.receipt)
    return booked, place


def _refuse_second(door: Door, form: BookingForm) -> Response:
    """Say that there may be a time already: seldom enough that nobody can ask it of others."""
    address = client_address()
    try:
        with unit_of_work() as session:
            may_know = count_refusal(
                session,
                address=address,
                is_shared_network=is_shared_network(address),
                keyring=keyring(),
                now=now(),
            )
    except DatabaseUnavailable:
        return show_form(door, form, 503, notice=NOT_STORED)
    if not may_know:
        return show_form(door, form, 429, notice=TOO_MANY)
    return show_form(door, form, 422, notice=HAS_ONE, may_have_case=True)


def _answer_faulty(door: Door, form: BookingForm) -> Response:
    """Ask for what is missing; a form from long ago may have been taken already."""
    if form.handed_in is None or not form.handed_in.is_expired:
        return show_form(door, form, 422)
    submission = submission_of(form)
    with read_session() as session:
        receipt = receipts.find_receipt(session, submission, keyring=keyring(), now=now())
        if receipt:
            booked, place = find_booked(session, receipt), look_up_place(session, receipt)
    return (
        show_booked(door.path, booked, submission, place) if receipt else show_form(door, form, 422)
    )
