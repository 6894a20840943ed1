"""Pure decisions on a message: when it is tried again, when it is given up, what a report moves."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from nav_access.messaging.codes import MessageKind, MessageState

LEASE = timedelta(minutes=5)
"""How long a sender may be at work on what it claimed: far longer than its own time limits."""

GIVE_UP_AFTER = timedelta(days=2)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 15, 60))
"""How long to wait after the first, second, … try that failed; the last one is kept to."""

REMINDERS = frozenset({MessageKind.REMINDER_DAY_BEFORE, MessageKind.REMINDER_SAME_DAY})

ABOUT_A_TIME = REMINDERS | {MessageKind.BOOKED, MessageKind.MOVED, MessageKind.CANCELLED}

UNDONE = frozenset({MessageState.WAITING, MessageState.SENDING})

_RANK = {
    # Withdrawn too late: it was on its way, and what happened is what is noted.
    MessageState.WITHHELD: 0,
    MessageState.WAITING: 0,
    MessageState.SENDING: 1,
    MessageState.SENT: 2,
    MessageState.FAILED: 3,
    MessageState.DELIVERED: 4,
}


def decide_next_try(tries: int, give_up_utc: datetime, now: datetime) -> datetime | None:
    """Return when a message that failed for the `tries`th time is tried again; None: never."""
    following = now + WAITS[min(tries, len(WAITS)) - 1]
    return following if following < give_up_utc else None


def decide_give_up(
    kind: MessageKind, detail: Mapping[str, object], wanted_utc: datetime
) -> datetime:
    """Return when a message is no longer worth sending.

    What reminds of a time is of no use once it has begun, what tells of one once it is over.
    """
    end = wanted_utc + GIVE_UP_AFTER
    over = detail.get("starts" if kind in REMINDERS else "ends")
    if kind in ABOUT_A_TIME and isinstance(over, str):
        return min(end, datetime.fromisoformat(over))
    return end


def list_states_before(state: MessageState) -> frozenset[MessageState]:
    """Return the states that news of `state` moves a message on from: it never goes back."""
    return frozenset(each for each, rank in _RANK.items() if rank < _RANK[state])
