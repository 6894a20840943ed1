"""The gap finder against every minute of a year, and against any roster near odd days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import Phase, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nav_access.offices.roster.codes import GapReason, ShiftKind
from nav_access.offices.roster.gaps import find_gaps, find_gaps_ahead
from nav_access.offices.rules import Interval, LineHours, OfficeHours
from nav_access.offices.spans import Span
from tests.rosters import MINUTE, Plan, door, on_date, weekly

CLOCKS_ON, CLOCKS_BACK = date(2026, 3, 29), date(2026, 10, 25)
ODD_DAYS = (CLOCKS_ON, CLOCKS_BACK, date(2026, 4, 2), date(2026, 5, 14), date(2026, 12, 24))

YEAR = Plan(
    lines=(
        tuple(weekly(day, 540, 720, covers_holidays=day == 3) for day in range(5))
        + tuple(weekly(day, 750, 870, last=date(2026, 8, 31)) for day in range(4))
        + (
            on_date(ShiftKind.ABSENT, date(2026, 7, 6), date(2026, 7, 31)),
            on_date(ShiftKind.ABSENT, CLOCKS_BACK, CLOCKS_BACK, 125, 140),
            on_date(ShiftKind.EXTRA, date(2026, 12, 24), date(2026, 12, 24), 600, 700),
            on_date(ShiftKind.EXTRA, CLOCKS_ON, CLOCKS_ON, 100, 130),
        ),
        tuple(weekly(6, opens, opens + 30) for opens in (60, 120, 165, 300)),
    ),
    covers=(
        (tuple(weekly(day, 600, 900) for day in range(5)), date(2026, 7, 13), date(2026, 7, 24)),
    ),
    doors=(
        *(door(day, 600, 840) for day in (0, 2, 4)),
        door(6, 0, 240),
    ),
    callbacks=(
        Span(datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
    ),
)

clock = st.sampled_from((0, 60, 90, 120, 135, 150, 180, 210, 540, 600, 720, 900, 1440))
hours = st.tuples(clock, clock).filter(lambda pair: pair[0] < pair[1])
near = st.builds(
    lambda day, n: day + timedelta(days=n), st.sampled_from(ODD_DAYS), st.integers(-1, 2)
)
weekly_shifts = st.builds(
    lambda day, pair, first, is_on: weekly(day, *pair, first=first, covers_holidays=is_on),
    st.integers(0, 6),
    hours,
    near | st.just(date(2024, 1, 1)),
    st.booleans(),
)
dated_shifts = st.builds(
    lambda kind, day, days, pair: on_date(kind, day, day + timedelta(days=days), *pair),
    st.sampled_from((ShiftKind.ABSENT, ShiftKind.EXTRA)),
    near,
    st.integers(0, 2),
    hours,
)
shifts = st.lists(weekly_shifts | dated_shifts, max_size=6).map(tuple)
plans = st.builds(
    Plan,
    lines=st.lists(shifts, max_size=2).map(tuple),
    covers=st.lists(
        st.tuples(shifts, near, st.integers(0, 3)).map(
            lambda c: (c[0], c[1], c[1] + c[2] * MINUTE * 1440)
        ),
        max_size=1,
    ).map(tuple),
    doors=st.lists(
        st.builds(lambda day, pair: door(day, *pair), st.integers(0, 6), hours), max_size=3
    ).map(tuple),
)


def assert_same(plan: Plan, first: date, days: int) -> None:
    wanted, found = plan.reckon(first, days), plan.find(first, days)
    assert all(a.span.ends < b.span.starts for a, b in pairwise(found))
    minutes = {
        gap.span.starts + n * MINUTE: gap.reasons for gap in found for n in range(gap.minutes)
    }
    assert minutes.keys() == wanted.keys()
    for gap in found:
        inside = (gap.span.starts + n * MINUTE for n in range(gap.minutes))
        assert gap.reasons == frozenset().union(*(wanted[at] for at in inside))


def test_a_whole_year_minute_by_minute() -> None:
    assert_same(YEAR, date(2026, 1, 1), 365)


@given(plans, st.sampled_from(ODD_DAYS))
@hypothesis_settings(max_examples=25)
@example(Plan(lines=(), doors=(door(6, 0, 120), door(6, 180, 210))), CLOCKS_BACK)
def test_any_roster_near_clock_changes_and_holidays(plan: Plan, day: date) -> None:
    assert_same(plan, day - timedelta(days=1), 3)


@pytest.mark.audit
@given(plans, st.sampled_from((2026, 2027, 2028)))
@hypothesis_settings(max_examples=30, phases=[Phase.generate])
def test_any_roster_over_any_year(plan: Plan, year: int) -> None:
    assert_same(plan, date(year, 1, 1), 365)


def test_an_hour_that_never_comes_is_no_gap_and_one_that_comes_twice_is_two() -> None:
    night = Plan(lines=(), doors=(door(6, 120, 180),))
    assert night.find(CLOCKS_ON, 1) == ()
    assert [gap.minutes for gap in night.find(CLOCKS_BACK, 1)] == [120]


def test_a_holiday_promises_nothing_and_a_day_off_leaves_a_gap() -> None:
    week = tuple(weekly(day, 540, 900) for day in range(5))
    away = on_date(ShiftKind.ABSENT, date(2026, 4, 7), date(2026, 4, 7), 600, 660)
    found = Plan(lines=((*week, away),)).find(date(2026, 4, 2), 7)
    assert [(gap.minutes, gap.reasons) for gap in found] == [(60, {GapReason.PROMISE})]


def test_gaps_that_touch_are_one_with_all_their_reasons() -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    first, second = Span(at, at + 60 * MINUTE), Span(at + 60 * MINUTE, at + 90 * MINUTE)
    found = find_gaps({GapReason.PROMISE: [first], GapReason.CALLBACK: [second]}, [])
    assert [gap.span for gap in found] == [Span(at, at + 90 * MINUTE)]
    assert found[0].reasons == {GapReason.PROMISE, GapReason.CALLBACK}


def test_what_is_past_is_left_out() -> None:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    found = find_gaps_ahead([], OfficeHours(()), date(2026, 11, 23), 1, since=now)
    assert [gap.span for gap in found] == [Span(now, datetime(2026, 11, 23, 14, tzinfo=UTC))]


def test_a_line_without_shifts_counts_with_the_hours_it_was_told() -> None:
    told = LineHours(dict.fromkeys(range(5), (Interval(540, 720),)))
    found = find_gaps_ahead([told], OfficeHours(()), date(2026, 11, 23), 7)
    assert [gap.minutes for gap in found] == [180] * 5
