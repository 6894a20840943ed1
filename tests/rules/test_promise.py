"""The promise: how urgent, by when; whatever the day, the hour and the clock change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.core.clock import OSLO, to_oslo
from nav_access.intake import rules
from nav_access.intake.codes import AcuteStatement, Need, Reach, Urgency
from nav_access.intake.rules import decide_deadline, decide_urgency, make_promise
from nav_access.offices.rules import StaffedHours

HOURS = StaffedHours()
INSTANTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2028, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
NEEDS = st.frozensets(st.sampled_from(Need))
STATEMENTS = st.frozensets(st.sampled_from(AcuteStatement))


def deadline(urgency: Urgency, at: datetime, *, has_children: bool = False) -> datetime:
    return decide_deadline(urgency, has_children=has_children, hours=HOURS, now=at)


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)


@given(NEEDS, STATEMENTS, st.booleans())
def test_each_acute_statement_makes_it_acute_and_nothing_else_does(needs, statements, children):
    urgency = decide_urgency(needs, statements, has_children=children)
    assert (urgency is Urgency.ACUTE) == bool(statements)


@given(NEEDS, STATEMENTS)
def test_children_never_make_it_less_urgent(needs, statements):
    alone = decide_urgency(needs, statements, has_children=False)
    assert decide_urgency(needs, statements, has_children=True) <= alone


@given(INSTANTS, st.sampled_from(Urgency), st.booleans())
def test_a_deadline_is_ahead_and_in_staffed_time(at, urgency, children):
    found = deadline(urgency, at, has_children=children)
    assert found > at
    assert HOURS.is_staffed(found - timedelta(minutes=1))


@given(INSTANTS, st.booleans())
def test_the_more_urgent_is_never_answered_later(at, children):
    found = [deadline(urgency, at, has_children=children) for urgency in sorted(Urgency)]
    assert found == sorted(found)


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=5)), st.sampled_from(Urgency))
def test_who_asks_later_is_never_promised_an_earlier_time(at, later, urgency):
    assert deadline(urgency, at) <= deadline(urgency, at + later)


@given(INSTANTS)
def test_acute_is_today_while_half_an_hour_is_left(at):
    found = deadline(Urgency.ACUTE, at)
    start = HOURS.next_staffed(at)
    if HOURS.end_of_staffed_day(start) - start >= rules.SHORTEST_PROMISE:
        assert to_oslo(found).date() == to_oslo(start).date()


@given(INSTANTS)
def test_children_shorten_an_acute_wait(at):
    assert deadline(Urgency.ACUTE, at, has_children=True) <= deadline(Urgency.ACUTE, at)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (oslo(2026, 11, 23, 9, 30), oslo(2026, 11, 23, 11, 30)),
        (oslo(2026, 11, 23, 14, 0), oslo(2026, 11, 23, 15, 0)),
        (oslo(2026, 11, 23, 14, 45), oslo(2026, 11, 24, 11, 0)),
        (oslo(2026, 11, 27, 15, 0), oslo(2026, 11, 30, 11, 0)),
        (oslo(2026, 12, 24, 18, 0), oslo(2026, 12, 28, 11, 0)),
        (oslo(2026, 10, 25, 2, 30), oslo(2026, 10, 26, 11, 0)),
        (oslo(2027, 3, 28, 3, 30), oslo(2027, 3, 30, 11, 0)),
    ],
    ids=["monday", "afternoon", "late", "friday at closing", "christmas", "autumn", "easter"],
)
def test_acute_deadlines_people_would_expect(asked, answered):
    assert deadline(Urgency.ACUTE, asked) == answered


@pytest.mark.parametrize(
    ("urgency", "answered"),
    [
        (Urgency.URGENT, oslo(2026, 11, 24, 15, 0)),
        (Urgency.ORDINARY, oslo(2026, 11, 26, 15, 0)),
    ],
)
def test_the_rest_are_answered_by_the_end_of_a_day(urgency, answered):
    assert deadline(urgency, oslo(2026, 11, 23, 9, 30)) == answered


def test_a_promise_says_whether_anybody_is_there():
    early = make_promise(
        Urgency.ACUTE, has_children=False, hours=HOURS, now=oslo(2026, 11, 23, 6, 0)
    )
    assert not early.is_staffed_now


@pytest.mark.parametrize(
    ("chosen", "phone", "email", "reach"),
    [
        (None, True, True, Reach.CALL),
        (None, False, True, Reach.EMAIL),
        (None, False, False, Reach.VISIT),
        (Reach.HELPER, True, True, Reach.HELPER),
    ],
)
def test_who_leaves_the_way_open_is_reached_by_what_they_gave(chosen, phone, email, reach):
    assert rules.decide_reach(chosen, has_phone=phone, has_email=email) is reach


@given(NEEDS, STATEMENTS)
def test_a_statement_brings_its_need_along(needs, statements):
    found = rules.complete_needs(needs, statements, has_message=False)
    assert found >= needs
    assert {rules.NEED_OF_STATEMENT[one] for one in statements} <= found
