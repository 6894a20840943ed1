"""A booked time is moved or given up by its person: one transaction with events and messages."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.appointments import queries, service
from nav_access.appointments.codes import CancelledBy, Purpose
from nav_access.appointments.errors import NotBooked
from nav_access.appointments.queries import BookedTime
from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import Submission
from nav_access.intake.booking import messages
from nav_access.intake.booking.ends import describe
from nav_access.intake.booking.steps import (
    add_event,
    find_done,
    follow_call,
    hold,
    promise_anew,
    set_clock,
)
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.events import PERSON, Actor


def move_booking(
    session: Session,
    number: str,
    purpose: Purpose,
    slot_id: int,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> BookedTime:
    """Move the open booking; raises CaseNotFound, NotBooked, SlotTaken, NotOffered or FormUsed."""
    turn = hold(session, number, submission, keyring, now)
    done = find_done(turn)
    if done and done.kind is EventKind.BOOKED:
        # This form booked a time; there was none to move.
        raise NotBooked
    if done and done.booking:
        return done.booking
    before = queries.find_open_booking(session, turn.case.id, purpose, now=now)
    moved = service.move(session, turn.case.id, purpose, slot_id, is_internal=False, now=now)
    if before and before.sequence == moved.sequence:
        return moved
    add_event(turn, EventKind.BOOKING_MOVED, describe(moved) | set_clock(turn, moved))
    follow_call(turn, moved)
    messages.tell_moved(session, moved, now=now)
    return moved


def cancel_booking(
    session: Session,
    number: str,
    purpose: Purpose,
    by: CancelledBy,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
    actor: Actor = PERSON,
) -> BookedTime:
    """Cancel the open booking; the case goes on waiting, its promise counted from now.

    A case that was answered stays so when the person wants no other time. Raises CaseNotFound,
    NotBooked and FormUsed.
    """
    turn = hold(session, number, submission, keyring, now)
    done = find_done(turn)
    if done and done.booking:
        return done.booking
    gone = service.cancel(session, turn.case.id, purpose, by, now=now)
    detail = describe(gone) | {"by": str(by)}
    if turn.case.status is CaseStatus.WAITING or by is not CancelledBy.PERSON:
        detail |= {"deadline": promise_anew(turn).isoformat()}
    add_event(turn, EventKind.BOOKING_CANCELLED, detail, actor)
    if purpose is Purpose.CALLBACK:
        calling.after_booking_ended(session, turn.case, keyring=keyring, now=now)
    messages.tell_cancelled(session, gone, now=now)
    return gone
