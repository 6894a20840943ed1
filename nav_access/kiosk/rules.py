"""Decisions about a reception: how long the line takes, and what may follow what."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from statistics import median

from nav_access.kiosk.codes import TicketState

FEWEST_SERVED = 5
"""Fewer than this say nothing of how long the next ones take."""

STEP_MINUTES = 5
MOST_MINUTES = 180
"""A desk that forgot to press «done» for an hour is no measure; nor is a line this long."""

OPEN = frozenset(
    {TicketState.WAITING, TicketState.CALLED, TicketState.PARKED, TicketState.PRIVATE_ROOM}
)

MAY_FOLLOW = {
    TicketState.CALLED: OPEN - {TicketState.WAITING} | {TicketState.GONE},
    TicketState.PARKED: frozenset({TicketState.CALLED, TicketState.PRIVATE_ROOM}),
    TicketState.PRIVATE_ROOM: OPEN,
    TicketState.DONE: OPEN - {TicketState.WAITING},
    TicketState.GONE: OPEN,
}
"""For each state, those a ticket may come from."""

MAY_FOLLOW_FOR_MEETING = {
    **MAY_FOLLOW,
    TicketState.CALLED: MAY_FOLLOW[TicketState.CALLED] | {TicketState.WAITING},
}
"""The same for somebody with an appointment, who is called at its time and not in turn."""


def estimate_wait(ahead: int, served: Sequence[timedelta], desks: int) -> int | None:
    """Return the minutes somebody waits, rounded up to fives; None when we do not know.

    `ahead`: how many are before them. `served`: how long each of the last ones took. `desks`: how
    many were served at once. The median, for one long talk must not frighten everybody away.
    """
    if len(served) < FEWEST_SERVED or desks < 1:
        return None
    one = median(took.total_seconds() for took in served)
    minutes = one * (ahead + 1) / desks / 60
    if minutes > MOST_MINUTES:
        return None
    return max(ceil(minutes / STEP_MINUTES), 1) * STEP_MINUTES
