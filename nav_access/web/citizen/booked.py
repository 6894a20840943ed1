"""The receipt of a booking: when and where or who rings, the case code, and how to change it."""

from dataclasses import dataclass

from flask import Response, request

from nav_access.appointments.codes import BookingKind, BookingState
from nav_access.appointments.queries import BookedTime
from nav_access.core.db import Session
from nav_access.core.i18n.locales import by_path
from nav_access.core.references import group_code
from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.intake import person, receipts
from nav_access.intake.applications import Receipt, Submission
from nav_access.intake.booking.choices import BookedReceipt
from nav_access.intake.booking.own_times import get_own_times
from nav_access.intake.errors import CaseNotFound
from nav_access.offices.queries import get_office_by_id
from nav_access.web.citizen.offices import say_where
from nav_access.web.citizen.receipt import RECEIPT_FIELD, open_receipt, seal_case, seal_receipt
from nav_access.web.shared.booking_words import say_booking
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.pages import show
from nav_access.web.shared.promises import OfficeToRing, look_up_office, say_promise
from nav_access.web.shared.templating import current_locale, use_locale


@dataclass(frozen=True, slots=True)
class Place:
    """The office a time is booked at: whom to ring, and where it is."""

    office: OfficeToRing
    slug: str
    where: str


def look_up_place(session: Session, receipt: Receipt) -> Place:
    """Return where a booking is, in the transaction that stored it: what is stored is told."""
    found = get_office_by_id(session, receipt.office_id)
    return Place(look_up_office(session, receipt.office_id, now()), found.slug, say_where(found))


def show_booked(path: str, booked: BookedReceipt, submission: Submission, place: Place) -> Response:
    """Return the receipt of a booking made on the page `path`."""
    instant, locale = now(), current_locale()
    receipt, booking = booked.receipt, _standing(booked.booking)
    deadline = receipt.promise.deadline_utc
    return show(
        "citizen/booked.html",
        path=path,
        receipt=receipt,
        booking=booking,
        is_visit=booking is not None and booking.kind is BookingKind.OFFICE,
        promise=say_booking(booking, locale, instant)
        if booking
        else say_promise(deadline, receipt.reach, locale, instant),
        office=place.office,
        slug=place.slug,
        where=place.where,
        needs_night_numbers=place.office.needs_night_numbers(deadline, instant),
        code=group_code(receipt.number, receipt.key) if receipt.key else None,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        receipt_token=seal_receipt(receipt, submission),
        # Who comes back much later holds a page, not the code.
        case_token=seal_case(receipt.number) if receipt.key else None,
    )


def _standing(booking: BookedTime | None) -> BookedTime | None:
    """Return the booking while it stands: a receipt shown again promises nothing that is gone."""
    is_ahead = (
        booking is not None and booking.state is BookingState.BOOKED and booking.ends_utc > now()
    )
    return booking if is_ahead else None


def show_booked_again(path: str) -> Response | None:
    """Return the receipt in the language asked for, and write to the person in it from now on.

    None when the page it stood on is too old, or the request was taken back.
    """
    use_locale(by_path(request.form.get("to", "")) or current_locale())
    tag, keys = current_locale().tag, keyring()
    try:
        number, submission = open_receipt(request.form.get(RECEIPT_FIELD, ""))
        with unit_of_work() as session:
            person.change_language(session, number, tag, keyring=keys, now=now())
            receipt = receipts.find_receipt_of_case(
                session, number, submission, keyring=keys, now=now()
            )
            if receipt is None:
                return None
            booked, place = find_booked(session, receipt), look_up_place(session, receipt)
    except (BadToken, ExpiredToken, CaseNotFound):
        return None
    return show_booked(path, booked, submission, place)


def find_booked(session: Session, receipt: Receipt) -> BookedReceipt:
    """Return a receipt shown again with the next of the times that stand."""
    times = get_own_times(session, receipt.number, now=now())
    return BookedReceipt(receipt, next(iter(times.open), None))
