"""Ringing goes on by itself: every attempt in vain leads to the next one, or to a named person."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.callbacks import rules, service
from nav_access.callbacks.codes import PlanReason, PlanState
from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.queries import find_plan, find_responsible
from nav_access.callbacks.rules import Window
from nav_access.core.security.keyring import Keyring
from nav_access.intake.calling.history import read_events
from nav_access.intake.calling.ringing import (
    OPEN,
    Ringing,
    fall_back,
    go_on,
    is_booked,
    is_in,
    is_promised_before,
    name_message,
    storing_the_plan,
    take,
)
from nav_access.intake.codes import ContactOutcome
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import Greeting, greeting
from nav_access.intake.wishes import find_wishes
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.service import withdraw_queued
from nav_access.offices.cards import get_card
from nav_access.offices.spans import Span

OUTDATED = frozenset({MessageKind.MISSED_CALL, MessageKind.FALLBACK})

_REASONS = {
    ContactOutcome.NO_ANSWER: PlanReason.MISSED,
    ContactOutcome.BUSY: PlanReason.BUSY,
    ContactOutcome.WRONG_NUMBER: PlanReason.WRONG_NUMBER,
}


def after_contact(
    session: Session, case: Case, outcome: ContactOutcome, *, keyring: Keyring, now: datetime
) -> None:
    """Go on after an attempt was logged; call it in the same transaction, after the event.

    An answer has ended the plan already. While a named person has the task, or a booked time
    is still to come before which nothing is promised, further attempts in vain change nothing.
    """
    ringing = take(session, case, keyring, now)
    if outcome is ContactOutcome.ANSWERED:
        _withdraw_outdated(session, case)
    elif not is_in(ringing, PlanState.FALLBACK) and not _waits_for_booked(ringing):
        _withdraw_outdated(session, case)
        go_on(ringing, _REASONS[outcome])


def after_change(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> None:
    """Make the plan anew after the person changed wishes, language or office.

    A time they chose themselves stands, unless they must not be rung now. Without a plan there
    is nothing to change.
    """
    ringing = take(session, case, keyring, now)
    wishes = find_wishes(session, case.id, now)
    may_ring = wishes is not None and Greeting.DO_NOT_RING not in greeting(wishes)
    is_planned = is_in(ringing, PlanState.PLANNED) and not (is_booked(ringing) and may_ring)
    if is_planned or is_in(ringing, PlanState.FALLBACK):
        _withdraw_outdated(session, case)
        go_on(ringing, PlanReason.WISHES)


def after_return(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> None:
    """Go on where it stood after a withdrawal was undone."""
    ringing = take(session, case, keyring, now)
    if is_in(ringing, PlanState.DONE) and read_events(session, case.id).attempts:
        go_on(ringing, PlanReason.WISHES)


def follow_booking(session: Session, case: Case, starts: datetime, ends: datetime) -> None:
    """Ring at the time the person chose; call it when a callback is booked or moved."""
    _withdraw_outdated(session, case)
    window = Window(starts, ends, 1)
    with storing_the_plan():
        service.plan_call(session, case.id, find_plan(session, case.id), window, is_booked=True)


def follow_today(session: Session, case: Case, ends: datetime, *, now: datetime) -> None:
    """Ring at any time before `ends`, as the person asked; a time they booked before stands."""
    starts = get_card(session, case.office_id).hours.next_staffed(now)
    plan = find_plan(session, case.id)
    has_time = plan is not None and plan.state is PlanState.PLANNED and plan.is_booked
    if starts < ends and not has_time:
        follow_booking(session, case, starts, ends)


def after_booking_ended(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> None:
    """Go on by rule after a booked callback was cancelled; the promise stands meanwhile."""
    ringing = take(session, case, keyring, now)
    if not is_booked(ringing):
        return
    if read_events(session, case.id).attempts and case.status in OPEN:
        go_on(ringing, PlanReason.WISHES)
    else:
        service.end_plan(session, case.id)


def after_late(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> bool:
    """Plan anew when the planned time has passed untried; say whether anything changed."""
    ringing = take(session, case, keyring, now)
    plan = ringing.plan
    if plan is None or plan.state is not PlanState.PLANNED or plan.until_utc > now:
        return False
    times_late = plan.times_late + 1
    if times_late >= rules.MOST_LATE:
        fall_back(ringing, get_policy(session, case.office_id).fallback, PlanReason.NOBODY_RANG)
    else:
        go_on(ringing, PlanReason.LATE, times_late=times_late)
    return True


def after_hours_changed(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> bool:
    """Plan anew when the planned time is not staffed any more; say whether it was so."""
    ringing = take(session, case, keyring, now)
    plan, wishes = ringing.plan, find_wishes(session, case.id, now)
    if plan is None or plan.state is not PlanState.PLANNED or plan.is_booked or wishes is None:
        return False
    hours = get_card(session, case.office_id).hours
    if rules.fits(Span(plan.from_utc, plan.until_utc), wishes.best_time, hours):
        return False
    go_on(ringing, PlanReason.HOURS, times_late=plan.times_late)
    return True


def name_somebody(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> bool:
    """Name another person for a fallback whose own cannot act; say whether there was one."""
    ringing = take(session, case, keyring, now)
    plan = ringing.plan
    if plan is None or plan.state is not PlanState.FALLBACK or plan.fallback is None:
        return False
    named = find_responsible(
        session, case.office_id, case.claimed_by, is_protected=case.is_protected
    )
    if named is None or named.staff_id == plan.fallback_staff_id:
        return False
    fall_back(ringing, plan.fallback, PlanReason.PERSON_GONE)
    return True


def _withdraw_outdated(session: Session, case: Case) -> None:
    """Keep back what has not left yet of plans that are none any more."""
    withdraw_queued(session, case.id, OUTDATED)
    # The news that a booked time was moved stands, and has another name.
    moved = name_message(MessageKind.MOVED, case.number)
    withdraw_queued(session, case.id, {MessageKind.MOVED}, once_starts=moved)


def _waits_for_booked(ringing: Ringing) -> bool:
    plan = ringing.plan
    if plan is None or not is_booked(ringing) or plan.from_utc <= ringing.now:
        return False
    return not is_promised_before(ringing, plan.from_utc)
