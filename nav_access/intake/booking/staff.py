"""What staff do with a person's times: book, move, cancel, note who came and who did not."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from nav_access.appointments import queries, service
from nav_access.appointments.codes import CancelledBy, Purpose
from nav_access.appointments.errors import NotBooked, NotOffered, SlotTaken
from nav_access.appointments.queries import BookedTime
from nav_access.appointments.service import Reserved
from nav_access.core.security.keyring import Keyring
from nav_access.intake.booking import messages
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.booking.ends import Detail, describe
from nav_access.intake.booking.steps import (
    Turn as Steps,
)
from nav_access.intake.booking.steps import (
    add_event,
    follow_call,
    list_indexes,
    promise_anew,
    set_clock,
)
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, ContactOutcome, EventKind
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.models import Case
from nav_access.intake.submissions import name_submission

OPEN = frozenset({CaseStatus.WAITING, CaseStatus.ANSWERED})


def book_time(
    session: Session, turn: Turn, choice: BookingChoice, *, keyring: Keyring, now: datetime
) -> BookedTime:
    """Book a time for a case: a seat kept for the office's own use, else a public one.

    Raises what `Turn` says, SlotTaken, NotOffered and AlreadyBooked.
    """
    case = take_turn(session, turn, EventKind.BOOKED, keyring)
    reserved = _reserve(session, choice, now)
    if reserved.office_id != case.office_id:
        raise NotOffered
    steps = _steps(session, case, turn, keyring, now)
    known = list_indexes(steps)
    booked = service.confirm(
        session,
        case.id,
        reserved,
        person_index=known[0] if known else None,
        older_indexes=known[1:],
        now=now,
    )
    add_event(steps, EventKind.BOOKED, describe(booked) | set_clock(steps, booked), turn.actor)
    follow_call(steps, booked)
    messages.tell_booked(session, booked, now=now)
    return booked


def move_time(
    session: Session,
    turn: Turn,
    purpose: Purpose,
    slot_id: int,
    *,
    keyring: Keyring,
    now: datetime,
) -> BookedTime:
    """Move the open booking; the person is told. Raises NotBooked, SlotTaken or NotOffered."""
    case = take_turn(session, turn, EventKind.BOOKING_MOVED, keyring)
    before = queries.find_open_booking(session, case.id, purpose, now=now)
    moved = service.move(session, case.id, purpose, slot_id, now=now)
    if before and before.sequence == moved.sequence:
        return moved
    steps = _steps(session, case, turn, keyring, now)
    detail = describe(moved) | set_clock(steps, moved)
    add_event(steps, EventKind.BOOKING_MOVED, detail, turn.actor)
    follow_call(steps, moved)
    messages.tell_moved(session, moved, now=now)
    return moved


def cancel_time(
    session: Session, turn: Turn, purpose: Purpose, *, keyring: Keyring, now: datetime
) -> BookedTime:
    """Cancel the open booking for the office; the person is told and waits anew."""
    case = take_turn(session, turn, EventKind.BOOKING_CANCELLED, keyring)
    gone = service.cancel(session, case.id, purpose, CancelledBy.OFFICE, now=now)
    steps = _steps(session, case, turn, keyring, now)
    detail = describe(gone) | {"by": str(CancelledBy.OFFICE)} | _wait_again(steps)
    add_event(steps, EventKind.BOOKING_CANCELLED, detail, turn.actor)
    if purpose is Purpose.CALLBACK:
        calling.after_booking_ended(session, case, keyring=keyring, now=now)
    messages.tell_cancelled(session, gone, now=now)
    return gone


def keep_time(
    session: Session, turn: Turn, uid: str, *, keyring: Keyring, now: datetime
) -> BookedTime:
    """Note that a meeting took place, which is contact that was answered. Raises NotBooked."""
    case = take_turn(session, turn, EventKind.MEETING_KEPT, keyring)
    kept = service.mark_kept(session, _find_meeting(session, case, uid), now=now)
    steps = _steps(session, case, turn, keyring, now)
    detail = describe(kept) | {"outcome": str(ContactOutcome.ANSWERED)}
    add_event(steps, EventKind.MEETING_KEPT, detail, turn.actor)
    calling.after_contact(session, case, ContactOutcome.ANSWERED, keyring=keyring, now=now)
    return kept


def miss_time(
    session: Session, turn: Turn, uid: str, *, keyring: Keyring, now: datetime
) -> BookedTime:
    """Note that nobody came; the case stays open and waits, its promise counted from now.

    Raises NotBooked, and TooEarly before the meeting began.
    """
    case = take_turn(session, turn, EventKind.NO_SHOW, keyring)
    missed = service.mark_no_show(session, _find_meeting(session, case, uid), now=now)
    steps = _steps(session, case, turn, keyring, now)
    add_event(steps, EventKind.NO_SHOW, describe(missed) | _wait_again(steps), turn.actor)
    return missed


def _steps(session: Session, case: Case, turn: Turn, keyring: Keyring, now: datetime) -> Steps:
    name = name_submission(keyring, turn.submission)
    return Steps(session, case, keyring, now, name)


def _reserve(session: Session, choice: BookingChoice, now: datetime) -> Reserved:
    """Take the office's own seat where there is one free, else a public one."""
    if choice.slot_id is None:
        raise NotOffered
    take = partial(service.reserve, session, choice.slot_id, now=now)
    try:
        return take(wish=replace(choice.wish, is_internal=True))
    except SlotTaken as taken:
        try:
            return take(wish=choice.wish)
        except NotOffered:
            # Too soon for the public: it was the office's own seat that is gone.
            raise taken from None


def _wait_again(steps: Steps) -> Detail:
    """Return the promise counted from now; none for a case that was closed meanwhile."""
    if steps.case.status not in OPEN:
        return {}
    return {"deadline": promise_anew(steps).isoformat()}


def _find_meeting(session: Session, case: Case, uid: str) -> int:
    """Return the case's meeting of this name; how a call went is logged as contact instead."""
    found = queries.find_by_uid(session, uid)
    if found is None or found.case_id != case.id or found.purpose is not Purpose.MEETING:
        raise NotBooked
    return found.booking_id
