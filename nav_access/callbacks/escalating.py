"""Pure decisions on a promise that ran out: who is told next, and when."""

from datetime import datetime
from typing import Protocol

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.rules import Policy

STEPS = tuple(EscalationStep)


class StaffedClock(Protocol):
    """Counts the minutes in which somebody could have acted."""

    def after_staffed_minutes(self, at: datetime, minutes: int) -> datetime: ...


def find_next(step: EscalationStep | None) -> EscalationStep | None:
    """Return who is told after `step` (None: nobody has been told yet), or None at the top."""
    following = STEPS.index(step) + 1 if step else 0
    return STEPS[following] if following < len(STEPS) else None


def when_due(
    step: EscalationStep, deadline: datetime, hours: StaffedClock, policy: Policy
) -> datetime:
    """Return from when a step is due: the desk at once, the others after staffed minutes.

    The contact centre is never told before the manager, whatever the office wrote.
    """
    if step is EscalationStep.DESK:
        return deadline
    minutes = policy.manager_after_minutes
    if step is EscalationStep.CONTACT_CENTRE:
        minutes = max(minutes, policy.contact_centre_after_minutes)
    return hours.after_staffed_minutes(deadline, minutes)
