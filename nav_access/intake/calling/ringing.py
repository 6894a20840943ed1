"""Deciding and writing what comes after an attempt: the next one, or a named person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import BookedTime, find_open_booking
from nav_access.callbacks import rules, service
from nav_access.callbacks.codes import Fallback, PlanReason, PlanState
from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.queries import Plan, find_plan, find_responsible
from nav_access.callbacks.rules import Policy, Window
from nav_access.core.security.keyring import Keyring
from nav_access.intake.calling.history import read_events
from nav_access.intake.codes import CaseStatus, EventKind, Reach, Urgency
from nav_access.intake.errors import CaseChanged
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.messages import tell
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import (
    Greeting,
    Wishes,
    decide_fallback,
    greeting,
    wait_for_day,
)
from nav_access.intake.wishes import find_wishes
from nav_access.messaging.codes import MessageKind
from nav_access.offices.cards import get_card

OPEN = frozenset({CaseStatus.WAITING, CaseStatus.ANSWERED})

Detail = dict[str, str | int]

_TOLD = {
    PlanReason.MISSED: MessageKind.MISSED_CALL,
    PlanReason.BUSY: MessageKind.MISSED_CALL,
    PlanReason.LATE: MessageKind.MOVED,
    PlanReason.HOURS: MessageKind.MOVED,
}
"""Reasons the person hears of by message; what they did themselves they know."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A case held until the commit, with what decides about ringing its person."""

    session: Session
    case: Case
    plan: Plan | None
    keyring: Keyring
    now: datetime


def may_be_tried(wishes: Wishes) -> bool:
    """Say whether the office can reach the person by itself: ring, or write as they asked."""
    return is_written_to(wishes) or Greeting.DO_NOT_RING not in greeting(wishes)


def is_written_to(wishes: Wishes) -> bool:
    """Say whether the person asked for e-mail, so that a wrong number is in nobody's way."""
    return wishes.reach is Reach.EMAIL and wishes.has_email


def take(session: Session, case: Case, keyring: Keyring, now: datetime) -> Ringing:
    """Return a case with its plan; the caller holds the case until the commit."""
    return Ringing(session, case, find_plan(session, case.id), keyring, now)


def is_in(ringing: Ringing, state: PlanState) -> bool:
    """Say whether there is a plan, and it is in this state."""
    return ringing.plan is not None and ringing.plan.state is state


def is_booked(ringing: Ringing) -> bool:
    """Say whether the planned time is one the person chose."""
    return is_in(ringing, PlanState.PLANNED) and bool(ringing.plan and ringing.plan.is_booked)


def is_promised_before(ringing: Ringing, starts: datetime) -> bool:
    """Say whether the case waits on a promise that runs out before a time that is booked."""
    return ringing.case.status is CaseStatus.WAITING and ringing.case.deadline_utc < starts


def go_on(ringing: Ringing, why: PlanReason, *, times_late: int = 0) -> None:
    """Plan the next attempt, or choose the fallback.

    A call the person booked that is still to come stands: tries for an earlier promise come
    before it, and when they are over it is what is planned.
    """
    case = ringing.case
    if case.status not in OPEN:
        service.end_plan(ringing.session, case.id)
        return
    policy = get_policy(ringing.session, case.office_id)
    found, booked = _decide(ringing, policy), _find_to_come(ringing)
    if booked is not None and not _comes_before(ringing, found, booked):
        _ring_as_booked(ringing, booked)
    elif isinstance(found, Window):
        _plan(ringing, found, why, times_late)
    else:
        fall_back(ringing, policy.fallback, found)


def _decide(ringing: Ringing, policy: Policy) -> Window | PlanReason:
    """Return when to try next, or why not."""
    wishes = find_wishes(ringing.session, ringing.case.id, ringing.now)
    round_ = read_events(ringing.session, ringing.case.id)
    if wishes is None:
        return PlanReason.NO_WAY
    if not may_be_tried(wishes):
        return PlanReason.NO_WAY
    if round_.is_wrong_number and not (wishes.is_helper_rung or is_written_to(wishes)):
        return PlanReason.WRONG_NUMBER
    hours = get_card(ringing.session, ringing.case.office_id).hours
    promise = ringing.case.deadline_utc if ringing.case.status is CaseStatus.WAITING else None
    found = rules.plan_next(
        round_.attempts, wishes.best_time, hours, policy, ringing.now, promise=promise
    )
    if isinstance(found, Window):
        return found
    is_enough = rules.is_enough(round_.attempts, policy)
    return PlanReason.TRIED if is_enough else PlanReason.NO_TIME


def _find_to_come(ringing: Ringing) -> BookedTime | None:
    """Return the call the person booked, if it is still to come."""
    booked = find_open_booking(ringing.session, ringing.case.id, Purpose.CALLBACK, now=ringing.now)
    return booked if booked is not None and booked.starts_utc > ringing.now else None


def _comes_before(ringing: Ringing, found: Window | PlanReason, booked: BookedTime) -> bool:
    is_early = isinstance(found, Window) and found.until_utc <= booked.starts_utc
    return is_early and is_promised_before(ringing, booked.starts_utc)


def _ring_as_booked(ringing: Ringing, booked: BookedTime) -> None:
    window = Window(booked.starts_utc, booked.ends_utc, 1)
    with storing_the_plan():
        service.plan_call(ringing.session, ringing.case.id, ringing.plan, window, is_booked=True)


def _plan(ringing: Ringing, window: Window, why: PlanReason, times_late: int) -> None:
    plan, case = ringing.plan, ringing.case
    with storing_the_plan():
        service.plan_call(ringing.session, case.id, plan, window, times_late=times_late)
    times = {"starts": window.from_utc.isoformat(), "ends": window.until_utc.isoformat()}
    detail: Detail = {**times, "attempt": window.attempt, "why": str(why)}
    _append(ringing, EventKind.CALL_PLANNED, detail)
    if why in _TOLD:
        _tell(ringing, _TOLD[why], times | {"kind": "callback"})


def fall_back(ringing: Ringing, fallback: Fallback, why: PlanReason) -> None:
    """Give the case to a named person, a step up in the queue; it stays open.

    `fallback` is what the office usually does; the person's wishes may ask for another way.
    """
    session, case = ringing.session, ringing.case
    wishes = find_wishes(session, case.id, ringing.now)
    fallback = decide_fallback(wishes, fallback) if wishes else fallback
    named = find_responsible(
        session, case.office_id, case.claimed_by, is_protected=case.is_protected
    )
    staff_id = named.staff_id if named else None
    with storing_the_plan():
        service.fall_back(session, case.id, ringing.plan, fallback, staff_id, now=ringing.now)
    is_first = not read_events(session, case.id).has_fallen_back
    climbed = Urgency(max(case.urgency - 1, Urgency.ACUTE)) if is_first else case.urgency
    said = {"fallback": str(fallback), "why": str(why)}
    detail: Detail = {**said, "urgency": int(climbed)}
    if named:
        # Only a colleague of the office has the case in their own list.
        detail["claimed_by" if named.is_of_office else "staff"] = named.staff_id
    _append(ringing, EventKind.FALLBACK_CHOSEN, detail)
    if is_first:
        _tell(ringing, MessageKind.FALLBACK, said)


def _append(ringing: Ringing, kind: EventKind, detail: Detail) -> None:
    case, event = ringing.case, NewEvent(kind, SYSTEM, detail)
    append(
        ringing.session, case, event, seen=case.version, keyring=ringing.keyring, now=ringing.now
    )


def _tell(ringing: Ringing, kind: MessageKind, detail: dict[str, str]) -> None:
    """Tell the person, once for this event; by day, for clocks and new hours know no night."""
    case, now = ringing.case, ringing.now
    once = f"{name_message(kind, case.number)}{case.version}"
    due = wait_for_day(now)
    tell(ringing.session, case.id, kind, detail=detail, due_utc=due, now=now, once=once)


def name_message(kind: MessageKind, number: str) -> str:
    """Return how the names of all messages of this kind about ringing a person begin."""
    return f"{kind}-{number}-"


@contextmanager
def storing_the_plan() -> Iterator[None]:
    """Turn a plan that somebody else changed first into what doors know."""
    try:
        yield
    except service.PlanChanged as changed:
        raise CaseChanged from changed
