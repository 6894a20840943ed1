"""Saying that one is here for an appointment: by its time and the case number, never a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingKind, BookingState
from nav_access.appointments.models import Booking
from nav_access.core import limits
from nav_access.core.clock import to_oslo
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NotExpected
from nav_access.kiosk.models import CheckIn, Ticket
from nav_access.kiosk.rules import OPEN
from nav_access.kiosk.terminals import AtTerminal
from nav_access.kiosk.tickets import take_ticket

TRIES = 60
WINDOW = timedelta(hours=1)
"""Wrong tries a terminal has: a reception full of people, and nobody who tries all numbers."""


def may_try(session: Session, at: AtTerminal, *, keyring: Keyring, now: datetime) -> bool:
    """Take one of the terminal's tries; it is given back when the appointment is there."""
    return limits.take_try(session, _bucket(at, keyring), cap=TRIES, window=WINDOW, now=now)


def check_in(
    session: Session,
    at: AtTerminal,
    number: str,
    starts: time,
    *,
    once: bytes,
    keyring: Keyring,
    now: datetime,
) -> int:
    """Note that whoever has this appointment is here; return the id of their ticket.

    Raises NotExpected. Whoever checks in again gets the ticket they have, as long as it is one
    of today that is not over. The appointment is held from when it is found, so that of two
    check-ins in one instant the second finds the ticket of the first.
    """
    booking_id = _find_booking(session, at.office_id, number, starts, now)
    if booking_id is None:
        raise NotExpected
    limits.give_back(session, _bucket(at, keyring), now=now)
    found = session.get(CheckIn, booking_id)
    ticket = session.get_one(Ticket, found.ticket_id) if found else None
    if ticket is not None and ticket.day == to_oslo(now).date() and ticket.state in OPEN:
        return ticket.id
    ticket_id = take_ticket(session, at.office_id, TicketKind.MEETING, once=once, now=now)
    session.merge(CheckIn(booking_id=booking_id, ticket_id=ticket_id, at_utc=now))
    return ticket_id


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who has an appointment has come: when, and the number they wait with."""

    at_utc: datetime
    number: int
    is_here: bool


def list_come(session: Session, booking_ids: Collection[int], day: date) -> dict[int, Arrival]:
    """Return who has come for these appointments on a day; they may be moved to another."""
    found = (
        select(CheckIn.booking_id, CheckIn.at_utc, Ticket.number, Ticket.state)
        .join(Ticket, Ticket.id == CheckIn.ticket_id)
        .where(CheckIn.booking_id.in_(booking_ids), Ticket.day == day)
    )
    return {
        row.booking_id: Arrival(row.at_utc, row.number, row.state is not TicketState.GONE)
        for row in session.execute(found)
    }


def list_arrived(session: Session, ticket_ids: Collection[int]) -> dict[int, datetime]:
    """Return when the appointments begin whose holders wait with these tickets."""
    found = (
        select(CheckIn.ticket_id, Booking.starts_utc)
        .join(Booking, Booking.id == CheckIn.booking_id)
        .join(Ticket, Ticket.id == CheckIn.ticket_id)
        .where(CheckIn.ticket_id.in_(ticket_ids))
    )
    return {row.ticket_id: row.starts_utc for row in session.execute(found)}


def _find_booking(
    session: Session, office_id: int, number: str, starts: time, now: datetime
) -> int | None:
    """Return the id of the meeting of a case here today at a time of day, or None; hold it."""
    today = to_oslo(now).date()
    found = session.execute(
        select(Booking.id, Booking.starts_utc)
        .join(Case, Case.id == Booking.case_id)
        .where(
            Case.number == number,
            Case.status != CaseStatus.WITHDRAWN,
            Booking.office_id == office_id,
            Booking.kind == BookingKind.OFFICE,
            Booking.state.in_({BookingState.BOOKED, BookingState.PASSED}),
            Booking.starts_utc > now - timedelta(days=1),
            Booking.starts_utc < now + timedelta(days=1),
        )
        .with_for_update(of=Booking)
    )
    local = ((booking_id, to_oslo(at)) for booking_id, at in found)
    return next(
        (one for one, at in local if at.date() == today and at.time() == starts),
        None,
    )


def _bucket(at: AtTerminal, keyring: Keyring) -> str:
    return limits.private_bucket(keyring, "check-in", str(at.id))
