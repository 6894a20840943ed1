"""What was tried since the person was last heard from."""

from datetime import UTC, datetime, timedelta

import pytest

from nav_access.callbacks.rules import Attempt
from nav_access.intake.calling.rounds import Round, Told, read_round
from nav_access.intake.codes import EventKind

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
LOGGED = EventKind.CONTACT_LOGGED
MISS, BUSY = (LOGGED, {"outcome": "no_answer"}), (LOGGED, {"outcome": "busy"})
WRONG, ANSWER = (LOGGED, {"outcome": "wrong_number"}), (LOGGED, {"outcome": "answered"})
FALLBACK = (EventKind.FALLBACK_CHOSEN, {"urgency": 0})
NEW_PHONE = (EventKind.CONTACT_CHANGED, {"reach": "call", "phone": "new"})
NEW_TIME = (EventKind.CONTACT_CHANGED, {"reach": "call"})
LANGUAGE, BOOKED = (EventKind.LANGUAGE_CHANGED, {}), (EventKind.BOOKED, {})


def at(hours: int, *, is_busy: bool = False) -> Attempt:
    return Attempt(START + timedelta(hours=hours), is_busy)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], Round()),
        ([MISS, BUSY], Round((at(0), at(1, is_busy=True)))),
        ([MISS, ANSWER, MISS], Round((at(2),))),
        ([MISS, NEW_TIME], Round()),
        ([MISS, LANGUAGE, MISS], Round((at(2),))),
        ([MISS, BOOKED], Round()),
        ([MISS, FALLBACK], Round((at(0),), has_fallen_back=True)),
        ([MISS, FALLBACK, NEW_TIME], Round()),
        ([WRONG], Round((at(0),), is_wrong_number=True)),
        ([WRONG, NEW_PHONE], Round()),
        ([WRONG, ANSWER], Round()),
        ([WRONG, FALLBACK, NEW_TIME], Round((), is_wrong_number=True, has_fallen_back=True)),
        ([WRONG, LANGUAGE], Round((), is_wrong_number=True)),
    ],
)
def test_a_round_begins_when_the_person_is_heard_from(events, expected):
    told = [Told(kind, at(n).at_utc, detail) for n, (kind, detail) in enumerate(events)]
    assert read_round(told) == expected
