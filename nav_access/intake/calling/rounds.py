"""What has been tried since the person was last heard from: a pure reading of the events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nav_access.callbacks.rules import Attempt
from nav_access.intake.codes import ContactOutcome, EventKind

HEARD_FROM = frozenset(
    {
        EventKind.CONTACT_CHANGED,
        EventKind.LANGUAGE_CHANGED,
        EventKind.BOOKED,
        EventKind.BOOKING_MOVED,
        EventKind.CLOSED,
        EventKind.REOPENED,
    }
)
"""After these the counting of attempts begins anew: they are there, or it is another matter."""

TELLING = HEARD_FROM | {EventKind.CONTACT_LOGGED, EventKind.FALLBACK_CHOSEN}
"""The kinds of events a round is read from."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is read here."""

    kind: EventKind
    at_utc: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """The attempts in vain, whether the number is known to be wrong, whether it climbed."""

    attempts: tuple[Attempt, ...] = ()
    is_wrong_number: bool = False
    has_fallen_back: bool = False


def read_round(events: Iterable[Told]) -> Round:
    """Return the present round; `events` in the order they happened."""
    found = Round()
    for event in events:
        found = _read(found, event)
    return found


def _read(found: Round, event: Told) -> Round:
    outcome = event.detail.get("outcome")
    if outcome == ContactOutcome.ANSWERED or "phone" in event.detail:
        return Round()
    if event.kind in HEARD_FROM:
        # Somebody else's number stays so until there is another.
        is_wrong = found.is_wrong_number
        return Round((), is_wrong, has_fallen_back=is_wrong and found.has_fallen_back)
    if event.kind is EventKind.FALLBACK_CHOSEN:
        return Round(found.attempts, found.is_wrong_number, has_fallen_back=True)
    attempt = Attempt(event.at_utc, outcome == ContactOutcome.BUSY)
    is_wrong = found.is_wrong_number or outcome == ContactOutcome.WRONG_NUMBER
    return Round((*found.attempts, attempt), is_wrong, found.has_fallen_back)
