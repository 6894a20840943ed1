"""Booking a call or a meeting: case, time, events and messages in one transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments import queries, service
from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered, SlotTaken
from nav_access.appointments.queries import BookedTime
from nav_access.appointments.service import Reserved
from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules
from nav_access.intake.applications import Application, Submission
from nav_access.intake.booking import messages
from nav_access.intake.booking.changing import cancel_booking, move_booking
from nav_access.intake.booking.choices import ANY_TODAY, BookedReceipt, BookingChoice
from nav_access.intake.booking.ends import Detail, describe
from nav_access.intake.booking.steps import (
    Turn,
    add_event,
    find_done,
    follow_call,
    hold,
    list_indexes,
    set_clock,
    was_handed_in,
)
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.models import Case
from nav_access.intake.receipts import find_receipt
from nav_access.intake.service import receive
from nav_access.offices.cards import get_card
from nav_access.offices.holding import hold_office

__all__ = [
    "ANY_TODAY",
    "AlreadyBooked",
    "BookedReceipt",
    "BookingChoice",
    "NotBooked",
    "NotOffered",
    "SlotTaken",
    "book_for_case",
    "cancel_booking",
    "check_choice",
    "move_booking",
    "receive_booking",
]


def check_choice(
    session: Session,
    choice: BookingChoice,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Raise SlotTaken or NotOffered for a time that is gone, unless this very form took it.

    Reads only: asked first, those who come too late stand in nobody's way.
    """
    if choice.slot_id is not None and not was_handed_in(session, submission, keyring):
        service.check_time(session, choice.slot_id, choice.wish, now=now)


def receive_booking(
    session: Session,
    application: Application,
    choice: BookingChoice,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> BookedReceipt:
    """Store a request and book its time; the same form again gives the same receipt.

    The office is the one the time belongs to, whatever the application says. Raises SlotTaken,
    NotOffered and AlreadyBooked besides what `service.receive` raises: let them leave the unit
    of work, which then keeps nothing.
    """
    repeat = _find_repeat(session, choice, submission, keyring, now)
    if repeat is not None:
        return repeat
    try:
        reserved = _reserve(session, choice, now)
    except SlotTaken:
        # Perhaps by this very form, sent twice at once.
        repeat = _find_repeat(session, choice, submission, keyring, now)
        if repeat is None:
            raise
        return repeat
    if reserved:
        application = _at_office_of(session, application, reserved)
    receipt = receive(session, application, submission, keyring=keyring, now=now)
    case = session.scalars(select(Case).where(Case.number == receipt.number)).one()
    if receipt.is_repeat:
        # The same form, handed in twice at once: the other one has its time.
        if reserved:
            service.unreserve(session, reserved)
        return BookedReceipt(receipt, _latest(session, case, choice.purpose))
    turn = Turn(session, case, keyring, now)
    messages.replace_receipt(session, case.id)
    booking = _book(turn, choice, reserved)
    promise = replace(receipt.promise, deadline_utc=case.deadline_utc)
    return BookedReceipt(replace(receipt, promise=promise), booking)


def book_for_case(
    session: Session,
    number: str,
    choice: BookingChoice,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> BookedTime | None:
    """Book a time for a case that is there; None for «any time today».

    The same form again gives the same booking. Raises CaseNotFound, SlotTaken, AlreadyBooked,
    FormUsed when what it led to is no longer so, and NotOffered, the last also for a time at
    another office than the case's.
    """
    turn = hold(session, number, submission, keyring, now)
    done = find_done(turn)
    return done.booking if done else _book(turn, choice, None)


def _book(turn: Turn, choice: BookingChoice, reserved: Reserved | None) -> BookedTime | None:
    """Write the booking of a time, reserved now if it was not before."""
    reserved = reserved or _reserve(turn.session, choice, turn.now)
    if reserved is None:
        _promise_today(turn, choice)
        return None
    if reserved.office_id != turn.case.office_id:
        raise NotOffered
    if not hold_office(turn.session, reserved.office_id):
        raise NotOffered
    known = list_indexes(turn)
    booking = service.confirm(
        turn.session,
        turn.case.id,
        reserved,
        person_index=known[0] if known else None,
        older_indexes=known[1:],
        now=turn.now,
    )
    add_event(turn, EventKind.BOOKED, describe(booking) | set_clock(turn, booking))
    follow_call(turn, booking)
    messages.tell_booked(turn.session, booking, now=turn.now)
    return booking


def _reserve(session: Session, choice: BookingChoice, now: datetime) -> Reserved | None:
    """Take the seats of the time chosen; None for «any time today»."""
    if choice.slot_id is None:
        return None
    return service.reserve(session, choice.slot_id, choice.wish, now=now)


def _promise_today(turn: Turn, choice: BookingChoice) -> None:
    """Promise a call before the staffed day is over; a meeting is always at a time."""
    if choice.kind is not BookingKind.CALLBACK:
        raise NotOffered
    hours = get_card(turn.session, turn.case.office_id).hours
    ends = rules.promise_today(hours, turn.now)
    is_waiting = turn.case.status is CaseStatus.WAITING
    deadline = min(ends, turn.case.deadline_utc) if is_waiting else ends
    detail: Detail = {"kind": str(choice.kind), "deadline": deadline.isoformat()}
    add_event(turn, EventKind.BOOKED, detail)
    calling.follow_today(turn.session, turn.case, deadline, now=turn.now)
    messages.tell_today(turn.session, turn.case.id, deadline, now=turn.now)


def _at_office_of(session: Session, application: Application, reserved: Reserved) -> Application:
    """Return the application for the office whose time was chosen."""
    card = get_card(session, reserved.office_id)
    if not card.is_public:
        raise NotOffered
    return replace(application, office=card.slug)


def _find_repeat(
    session: Session,
    choice: BookingChoice,
    submission: Submission,
    keyring: Keyring,
    now: datetime,
) -> BookedReceipt | None:
    receipt = find_receipt(session, submission, keyring=keyring, now=now)
    if receipt is None:
        return None
    case = session.scalars(select(Case).where(Case.number == receipt.number)).one()
    return BookedReceipt(receipt, _latest(session, case, choice.purpose))


def _latest(session: Session, case: Case, purpose: Purpose) -> BookedTime | None:
    """Return the case's last booking of a purpose, whatever became of it."""
    found = queries.list_bookings_of(session, case.id)
    return max(
        (one for one in found if one.purpose is purpose),
        key=lambda one: one.booking_id,
        default=None,
    )
