"""Pure decisions on a case: when its time is over, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nav_access.core.retention import CASES, AtEnd, End
from nav_access.intake.codes import CaseStatus
from nav_access.intake.rules import UNDO_WITHDRAWAL

ENDS = tuple(end for end in CASES.ends if end.then is AtEnd.ERASE_KEY)
CODES_END = next(end for end in CASES.ends if end.then is AtEnd.DELETE)
"""What is left of an erased case goes, too, counted from the erasing."""

SHORTEST = min(end.keep_for for end in ENDS if end.since != "withdrawn")
"""No case younger than this is over, but one that was taken back."""


@dataclass(frozen=True, slots=True)
class Life:
    """What decides for how long a case is kept.

    `touched_utc` is when somebody last did something in it: what clocks do by themselves is not
    touching it, or a case that nobody answers would be kept for ever.
    """

    status: CaseStatus
    touched_utc: datetime
    closed_utc: datetime | None = None
    withdrawn_utc: datetime | None = None


def list_times(life: Life) -> tuple[tuple[datetime, End], ...]:
    """Return the last instants at which a case is kept, and what ends it then; soonest first."""
    since = {end: _since(life, end.since) for end in ENDS}
    return tuple(sorted(((at + end.keep_for, end) for end, at in since.items() if at), key=_when))


def why_over(life: Life, now: datetime) -> End | None:
    """Return why a case's time is over, or None while it is kept.

    At the very last instant it is kept: then a withdrawal can be undone.
    """
    times = list_times(life)
    return times[0][1] if times and times[0][0] < now else None


def _since(life: Life, name: str) -> datetime | None:
    """Return the instant one end is counted from; None where the case has none."""
    if name == "closed":
        return life.closed_utc if life.status is CaseStatus.CLOSED else None
    if name == "withdrawn":
        at = life.withdrawn_utc if life.status is CaseStatus.WITHDRAWN else None
        return at + UNDO_WITHDRAWAL if at else None
    return life.touched_utc


def _when(time: tuple[datetime, End]) -> tuple[datetime, timedelta]:
    return time[0], time[1].keep_for
