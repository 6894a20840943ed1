"""Hours in real time, for any intervals: clock changes, midnight, unions, staffed minutes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nav_access.core.clock import OSLO, to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.rules import Interval, LineHours, StaffedHours, unite
from nav_access.offices.spans import spans_of

CLOCKS_BACK, CLOCKS_ON = date(2026, 10, 25), date(2026, 3, 29)
MINUTE = timedelta(minutes=1)

intervals = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda p: p[0] < p[1])
days_of_intervals = st.lists(intervals.map(lambda p: Interval(*p)), max_size=4)
days = st.one_of(
    st.sampled_from([CLOCKS_BACK, CLOCKS_ON, date(2026, 4, 2), date(2026, 12, 24)]),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
weeks = st.dictionaries(st.integers(0, 6), days_of_intervals.map(unite), max_size=7)
dated = st.dictionaries(days, days_of_intervals.map(unite), max_size=3)
lines = st.builds(LineHours, weeks, dated, st.booleans())
staffed = st.lists(lines, max_size=3).map(StaffedHours)
instants = st.integers(0, 3 * 365 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
)
near_changes = st.builds(
    lambda first, minutes: first + minutes * MINUTE,
    st.sampled_from([datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)]),
    st.integers(0, 4 * 1440),
)


@given(days_of_intervals)
def test_a_union_has_the_same_minutes_and_no_overlap(parts: list[Interval]) -> None:
    united = unite(parts)
    wanted = {minute for part in parts for minute in range(part.opens, part.closes)}
    assert sum(part.minutes for part in united) == len(wanted)
    assert all(a.closes < b.opens for a, b in pairwise(united))


@given(days, days_of_intervals)
def test_spans_are_ordered_apart_and_on_their_own_day(day: date, parts: list[Interval]) -> None:
    spans = spans_of(day, parts)
    assert all(a.ends <= b.starts for a, b in pairwise(spans))
    assert all(to_oslo(span.starts).date() == day for span in spans)
    assert all(span.starts < span.ends for span in spans)


@given(days, st.integers(0, 1439))
def test_a_minute_of_the_wall_clock_is_in_the_span_that_covers_it(day: date, minute: int) -> None:
    wall = datetime.combine(day, time(minute // 60, minute % 60), OSLO)
    instant = wall.astimezone(UTC)
    is_real = to_oslo(instant).replace(tzinfo=None) == wall.replace(tzinfo=None)
    spans = spans_of(day, [Interval(minute, minute + 1)])
    assert any(span.has(instant) for span in spans) == is_real


def test_a_day_is_as_long_as_the_clocks_make_it() -> None:
    for day, hours in ((CLOCKS_BACK, 25), (CLOCKS_ON, 23), (date(2026, 6, 1), 24)):
        (span,) = spans_of(day, [Interval(0, 1440)])
        assert span.ends - span.starts == timedelta(hours=hours)


def test_the_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    night = [Interval(120, 180)]
    (twice,) = spans_of(CLOCKS_BACK, night)
    assert twice.ends - twice.starts == timedelta(hours=2)
    assert spans_of(CLOCKS_ON, night) == ()


@given(staffed, instants | near_changes)
def test_the_next_staffed_instant_is_staffed_and_none_is_before_it(
    hours: StaffedHours, at: datetime
) -> None:
    following = hours.next_staffed(at)
    assert following >= at
    assert hours.is_staffed(following)
    assert hours.staffed_minutes_between(at, following) == 0
    assert hours.is_staffed(at) == (following == at)


@given(staffed, instants | near_changes, st.integers(0, 3000))
def test_counting_forward_and_counting_between_are_inverse(
    hours: StaffedHours, at: datetime, minutes: int
) -> None:
    until = hours.after_staffed_minutes(at, minutes)
    assert hours.staffed_minutes_between(at, until) == minutes


@given(staffed, instants | near_changes, st.integers(1, 3000))
def test_a_deadline_lies_in_staffed_time(hours: StaffedHours, at: datetime, minutes: int) -> None:
    until = hours.after_staffed_minutes(at, minutes)
    assert hours.is_staffed(until - timedelta(microseconds=1))


@given(staffed, instants, st.integers(0, 500), st.integers(0, 500))
def test_more_minutes_never_end_earlier(
    hours: StaffedHours, at: datetime, fewer: int, more: int
) -> None:
    first = hours.after_staffed_minutes(at, fewer)
    assert first <= hours.after_staffed_minutes(at, fewer + more)


@given(staffed, instants | near_changes)
def test_the_end_of_the_day_is_the_end_of_staffed_time_ahead(
    hours: StaffedHours, at: datetime
) -> None:
    end = hours.end_of_staffed_day(at)
    assert end > at
    assert hours.is_staffed(end - timedelta(microseconds=1))
    assert to_oslo(end - MINUTE).date() == to_oslo(hours.next_staffed(at)).date()


@given(instants)
def test_by_default_no_holiday_or_weekend_is_staffed(at: datetime) -> None:
    local = to_oslo(StaffedHours().next_staffed(at))
    assert local.weekday() < 5
    assert holiday_on(local.date()) is None
    assert time(9) <= local.time() < time(15)
