"""Since when a person has waited for an answer: a pure reading of what happened to a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nav_access.intake.codes import EventKind

_ASKS_AGAIN = frozenset(
    {
        EventKind.OFFICE_ACCEPTED,
        EventKind.REOPENED,
        EventKind.INFORMATION_ADDED,
        EventKind.TEXTED,
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a case's events say about waiting: its kind, when, and whether somebody answered."""

    kind: EventKind
    at_utc: datetime
    is_answer: bool = False


def find_waiting_since(received: datetime, moments: Iterable[Moment]) -> datetime:
    """Return since when nobody has answered: the receipt, or the first word after the last answer.

    An attempt nobody picked up changes nothing, and neither do further words from a
    person who is still waiting for the first answer.
    """
    since = received
    is_settled = False
    for moment in moments:
        if moment.is_answer or moment.kind is EventKind.CLOSED:
            is_settled = True
        elif is_settled and moment.kind in _ASKS_AGAIN:
            since, is_settled = moment.at_utc, False
    return since


def may_wait_again(version: int, attempts: int, *, is_claimed: bool) -> bool:
    """Say whether a waiting case can have been answered before; most can be told at once.

    To wait again takes two events, one that settled it and one that asked again, beside its
    receipt, its attempts in vain and the claim it has.
    """
    return version >= 3 + attempts + is_claimed
