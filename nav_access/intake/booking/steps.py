"""The steps every act on a booked time is made of: hold the case, promise, plan, write it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments import queries
from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import BookedTime
from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules
from nav_access.intake.applications import Submission
from nav_access.intake.booking.ends import Detail, describe
from nav_access.intake.booking.holding import hold_case
from nav_access.intake.booking.person_index import index_person, older_indexes, person_of
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, EventKind, Urgency
from nav_access.intake.errors import FormUsed
from nav_access.intake.events import PERSON, Actor, NewEvent, append
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.submissions import name_submission
from nav_access.offices.cards import get_card


@dataclass(frozen=True, slots=True)
class Turn:
    """A case held until the commit, with what acting on it needs."""

    session: Session
    case: Case
    keyring: Keyring
    now: datetime
    submission: bytes | None = None


def hold(
    session: Session, number: str, submission: Submission, keyring: Keyring, now: datetime
) -> Turn:
    """Return the person's turn at their case; raises CaseNotFound."""
    case = hold_case(session, number)
    return Turn(session, case, keyring, now, name_submission(keyring, submission))


@dataclass(frozen=True, slots=True)
class Done:
    """What this very form led to before, and that still is so."""

    kind: EventKind
    booking: BookedTime | None


def find_done(turn: Turn) -> Done | None:
    """Return what this form led to, None when it is new.

    Raises FormUsed when that is no longer so: whoever goes back to a page and presses again may
    mean it, and whoever loads it again does not, so neither is done nor said to be.
    """
    statement = select(CaseEvent.kind, CaseEvent.detail).where(
        CaseEvent.submission == turn.submission
    )
    row = turn.session.execute(statement).one_or_none()
    if row is None:
        return None
    kind, detail = row
    booking = queries.find_by_uid(turn.session, detail["uid"]) if "uid" in detail else None
    if booking and not _is_still_so(turn, kind, detail, booking):
        raise FormUsed
    return Done(kind, booking)


def _is_still_so(
    turn: Turn, kind: EventKind, detail: Mapping[str, str], booking: BookedTime
) -> bool:
    there = queries.find_open_booking(turn.session, booking.case_id, booking.purpose, now=turn.now)
    if kind is EventKind.BOOKING_CANCELLED or booking.ends_utc <= turn.now:
        return there is None
    return there is not None and describe(there) == {name: detail[name] for name in describe(there)}


def was_handed_in(session: Session, submission: Submission, keyring: Keyring) -> bool:
    """Say whether this form was stored before, as a request or as an event."""
    name = name_submission(keyring, submission)
    is_case = select(Case.id).where(Case.submission == name)
    is_event = select(CaseEvent.id).where(CaseEvent.submission == name)
    return session.scalar(is_case) is not None or session.scalar(is_event) is not None


def list_indexes(turn: Turn) -> tuple[bytes, ...]:
    """Return the person's index, and after it what they may be stored as under older keys."""
    statement = select(Reaching).where(Reaching.case_id == turn.case.id)
    person = person_of(turn.keyring, turn.case, turn.session.scalars(statement).one())
    if person is None:
        return ()
    return index_person(turn.keyring, person), *older_indexes(turn.keyring, person)


def set_clock(turn: Turn, booking: BookedTime) -> Detail:
    """Return the promise a booking gives, or nothing where it changes none."""
    case, is_meeting = turn.case, booking.purpose is Purpose.MEETING
    if case.status is CaseStatus.ANSWERED and is_meeting:
        return {}
    present = case.deadline_utc if case.status is CaseStatus.WAITING else None
    deadline = rules.decide_booked_deadline(
        Urgency(case.urgency), is_meeting=is_meeting, present=present, ends=booking.ends_utc
    )
    return {"deadline": deadline.isoformat()}


def promise_anew(turn: Turn) -> datetime:
    """Return the promise counted from now; an acute one never moves later."""
    case = turn.case
    hours = get_card(turn.session, case.office_id).hours
    deadline = rules.decide_deadline(
        Urgency(case.urgency), has_children=case.has_children, hours=hours, now=turn.now
    )
    is_kept = case.urgency == Urgency.ACUTE and case.status is CaseStatus.WAITING
    return min(deadline, case.deadline_utc) if is_kept else deadline


def follow_call(turn: Turn, booking: BookedTime) -> None:
    """Ring at the booked time, when it is a call."""
    if booking.purpose is Purpose.CALLBACK:
        calling.follow_booking(turn.session, turn.case, booking.starts_utc, booking.ends_utc)


def add_event(turn: Turn, kind: EventKind, detail: Detail, actor: Actor = PERSON) -> None:
    """Add the event to the case."""
    case, event = turn.case, NewEvent(kind, actor, detail, None, turn.submission)
    append(turn.session, case, event, seen=case.version, keyring=turn.keyring, now=turn.now)
