"""Since when somebody has waited, and the cursor that carries a page's end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.intake.codes import EventKind
from nav_access.worklist.cursors import Cursor
from nav_access.worklist.waiting import Moment, find_waiting_since, may_wait_again

START = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def at(hours: int, kind: EventKind, *, is_answer: bool = False) -> Moment:
    return Moment(kind, START + timedelta(hours=hours), is_answer)


CALL = EventKind.CONTACT_LOGGED
MORE = EventKind.INFORMATION_ADDED


@pytest.mark.parametrize(
    ("moments", "hours"),
    [
        ([], 0),
        ([at(1, CALL), at(2, MORE)], 0),
        ([at(1, CALL, is_answer=True), at(2, MORE), at(3, MORE)], 2),
        ([at(1, CALL, is_answer=True), at(2, CALL), at(3, EventKind.REOPENED)], 3),
        ([at(1, EventKind.CLOSED), at(4, MORE), at(5, CALL)], 4),
    ],
)
def test_waiting_begins_with_the_first_word_after_the_last_answer(moments, hours):
    assert find_waiting_since(START, moments) == START + timedelta(hours=hours)


@given(
    st.integers(0, 2),
    st.timedeltas(timedelta(days=-9000), timedelta(days=90000)).map(lambda step: START + step),
    st.integers(1, 10**18 - 1),
)
def test_a_cursor_survives_an_address(urgency, deadline, case_id):
    cursor = Cursor(urgency, deadline, case_id)
    assert Cursor.parse(str(cursor)) == cursor


@given(st.text(max_size=40))
def test_nonsense_is_no_cursor_and_no_crash(text):
    parsed = Cursor.parse(text)
    assert parsed is None or str(parsed)


KINDS = [kind for kind in EventKind if kind is not EventKind.RECEIVED]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=8))
def test_who_can_be_told_at_once_never_to_have_been_answered_was_not(told):
    """`told`: what happened after the receipt, and whether a logged contact was answered."""
    moments = [
        at(hour, kind, is_answer=is_answer and kind is CALL)
        for hour, (kind, is_answer) in enumerate(told, 1)
    ]
    attempts = sum(kind is CALL and not is_answer for kind, is_answer in told)
    is_claimed = any(kind is EventKind.CLAIMED for kind, _ in told)
    if not may_wait_again(1 + len(told), attempts, is_claimed=is_claimed):
        assert find_waiting_since(START, moments) == START
