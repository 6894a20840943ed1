"""Pure decisions on what staff may do with a case: which acts fit its state, who may close it."""

from datetime import datetime, timedelta

from nav_access.intake.codes import CaseStatus, CloseReason, DeadlineReason, EventKind, Urgency
from nav_access.intake.rules import CaseState

_ALWAYS = frozenset({EventKind.NOTE_WRITTEN})
_SETTLING = frozenset({EventKind.MEETING_KEPT, EventKind.NO_SHOW, EventKind.BOOKING_CANCELLED})
"""What becomes of a time somebody has is written down even after the case was closed."""

_FOR_HOLDER = frozenset({EventKind.CODE_GIVEN})
"""Whoever can open their case may have a code for it; who took the request back cannot."""

_OPEN = (
    _ALWAYS
    | _SETTLING
    | _FOR_HOLDER
    | {
        EventKind.BOOKED,
        EventKind.BOOKING_MOVED,
        EventKind.CLAIMED,
        EventKind.RELEASED,
        EventKind.CONTACT_LOGGED,
        EventKind.DIRECT_NUMBER_GIVEN,
        EventKind.CLOSED,
        EventKind.HANDOVER_OFFERED,
        EventKind.HANDOVER_ACCEPTED,
        EventKind.HANDOVER_RETURNED,
        EventKind.HANDOVER_TAKEN_BACK,
        EventKind.OFFICE_ACCEPTED,
        EventKind.NEED_CHANGED,
        EventKind.PLAN_CHANGED,
    }
)

_ACTS = {
    CaseStatus.WAITING: _OPEN | {EventKind.DEADLINE_CHANGED},
    CaseStatus.ANSWERED: _OPEN | {EventKind.REOPENED},
    CaseStatus.CLOSED: _ALWAYS | _SETTLING | _FOR_HOLDER | {EventKind.REOPENED},
    CaseStatus.WITHDRAWN: _ALWAYS,
}

NEEDS_AN_ANSWER = frozenset(
    {CloseReason.HELPED, CloseReason.DECISION_SENT, CloseReason.PERSON_DECLINED}
)
"""Reasons that say something about the person, so somebody must have spoken with them.

Without this, «the person did not want it» would be «not reachable» under another name.
"""

_STEP = {DeadlineReason.MORE_URGENT: -1, DeadlineReason.LESS_URGENT: 1}

LONGEST_DEADLINE = timedelta(days=60)
"""A later day is a year mistyped, and the case would sink out of everybody's sight."""


def list_acts(state: CaseState, staff_id: int) -> frozenset[EventKind]:
    """Return what this staff member may do with a case in this state.

    A colleague's case may be taken over, in plain sight; only one's own can be let go.
    """
    other = EventKind.CLAIMED if state.claimed_by == staff_id else EventKind.RELEASED
    return _ACTS[state.status] - {other}


def may_close(state: CaseState, reason: CloseReason) -> bool:
    """Say whether a case may be closed for this reason; never just for silence."""
    if EventKind.CLOSED not in _ACTS[state.status]:
        return False
    return state.answered_utc is not None or reason not in NEEDS_AN_ANSWER


def list_close_reasons(state: CaseState) -> tuple[CloseReason, ...]:
    """Return the reasons a case in this state may be closed for, in the order shown."""
    return tuple(reason for reason in CloseReason if may_close(state, reason))


def decide_urgency_after(urgency: Urgency, reason: DeadlineReason) -> Urgency:
    """Return the urgency after a deadline was changed: a reason about urgency moves it a step."""
    moved = urgency + _STEP.get(reason, 0)
    return Urgency(min(max(moved, Urgency.ACUTE), Urgency.ORDINARY))


def may_be_deadline(deadline: datetime, now: datetime) -> bool:
    """Say whether an instant can be promised: it is ahead, and not so far as to be a slip."""
    return now < deadline <= now + LONGEST_DEADLINE
