"""Pure decisions on the contact centre's work: who may look, by when a message must be read."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from nav_access.callbacks import escalating
from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.rules import Policy
from nav_access.intake.centre.codes import Standing
from nav_access.intake.codes import Urgency
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who

OPEN_FOR = timedelta(hours=1)
"""How long a case that was looked up stays open to its operator: a long call and what follows."""

LOOK_UPS_AN_HOUR = 40
LOOK_UPS_A_DAY = 200
"""Twice what the busiest operator has calls for."""

WRONG_NUMBERS_AN_HOUR = 10
"""Case numbers that lead nowhere: a number misheard, not one guessed at."""

_WHOLE = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

READ_WITHIN = {Urgency.ACUTE: 15, Urgency.URGENT: 60, Urgency.ORDINARY: 240}
"""Staffed minutes within which somebody at the office must have acknowledged a message."""


class StaffedClock(Protocol):
    """Counts the minutes in which somebody at an office could have acted."""

    def after_staffed_minutes(self, at: datetime, minutes: int) -> datetime: ...
    def end_of_staffed_day(self, at: datetime) -> datetime: ...


def is_operator(who: Who) -> bool:
    """Say whether somebody works as an operator of the contact centre."""
    return StaffRole.OPERATOR in who.roles


def decide_due(
    urgency: Urgency, deadline: datetime, hours: StaffedClock, now: datetime
) -> datetime:
    """Return by when a message must be acknowledged: never after what it asks for is due."""
    return min(hours.after_staffed_minutes(now, READ_WITHIN[urgency]), deadline)


def find_due(
    step: EscalationStep | None, due: datetime, hours: StaffedClock, policy: Policy
) -> tuple[EscalationStep, datetime] | None:
    """Return the step after one on the office's ladder, and from when; None at the top."""
    following = escalating.find_next(step)
    if following is None:
        return None
    return following, escalating.when_due(following, due, hours, policy)


def decide_standing(
    *, acknowledged: datetime | None, step: EscalationStep | None, due: datetime, now: datetime
) -> Standing:
    """Return where a message stands."""
    if acknowledged is not None:
        return Standing.ACKNOWLEDGED
    if step is not None:
        return Standing.ESCALATED
    return Standing.OVERDUE if due <= now else Standing.WAITING


def list_deadlines(promise: datetime | None, hours: StaffedClock, now: datetime) -> list[datetime]:
    """Return deadlines an operator can offer, soonest first: an hour, today, the day after, …

    `promise` is what the person was told; None when there is none that is still ahead.
    """
    today = hours.end_of_staffed_day(now)
    soon = hours.after_staffed_minutes(now + -(now - _EPOCH) % _WHOLE, 60)
    usual = {soon, today, hours.end_of_staffed_day(today)}
    return sorted(usual | ({promise} if promise and promise > now else set()))
