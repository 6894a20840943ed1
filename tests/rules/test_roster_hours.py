"""Rostered hours for any shifts: promises never end, and nothing is assumed that was not told."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nav_access.offices.roster.codes import ShiftKind
from nav_access.offices.roster.rules import CoverHours, RosterHours, standing_at
from nav_access.offices.rules import Interval, LineHours, StaffedHours
from nav_access.offices.spans import subtract
from nav_access.offices.staffed import AnsweredHours
from tests.rosters import on_date, weekly

FEW = hypothesis_settings(max_examples=30)
MOMENT = timedelta(microseconds=1)

intervals = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda p: p[0] < p[1])
days = st.dates(date(2026, 3, 20), date(2026, 4, 10))
periods = st.tuples(days, st.integers(0, 9)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))
shifts = st.one_of(
    st.builds(
        lambda day, hours, period, lasts: weekly(
            day, *hours, first=period[0], last=None if lasts else period[1]
        ),
        st.integers(0, 6),
        intervals,
        periods,
        st.booleans(),
    ),
    st.builds(
        lambda kind, period, hours: on_date(kind, *period, *hours),
        st.sampled_from((ShiftKind.ABSENT, ShiftKind.EXTRA)),
        periods,
        intervals,
    ),
)
told = st.sampled_from((LineHours(), LineHours({2: (Interval(600, 660),)})))
rosters = st.builds(RosterHours, told, st.lists(shifts, max_size=5).map(tuple))
covers = st.builds(lambda hours, period: CoverHours(hours, *period), rosters, periods)
lines = st.lists(rosters | covers | told, max_size=3)
instants = st.integers(0, 40 * 1440).map(
    lambda minutes: datetime(2026, 3, 15, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(lines, instants)
@FEW
def test_there_is_always_a_next_hour_to_promise(some, at):
    hours = StaffedHours(some)
    following = hours.next_staffed(at)
    assert following >= at
    assert hours.is_staffed(following)
    assert hours.is_staffed(hours.end_of_staffed_day(at) - MOMENT)


@given(lines, instants)
@FEW
def test_who_answers_is_among_who_can_act(some, at):
    if AnsweredHours(some, assumes_day=False).is_staffed(at):
        assert AnsweredHours(some).is_staffed(at)
        assert StaffedHours(some).is_staffed(at)


@given(lines, instants)
@FEW
def test_a_standing_is_what_the_hours_say(some, at):
    standing, hours = standing_at(some, at), AnsweredHours(some, assumes_day=False)
    assert standing.is_staffed == hours.is_staffed(at)
    if standing.until_utc:
        assert hours.is_staffed(standing.until_utc - MOMENT)
        assert not hours.is_staffed(standing.until_utc)
    elif standing.next_utc:
        assert hours.is_staffed(standing.next_utc)
        assert not hours.is_staffed(standing.next_utc - MOMENT)


@given(st.lists(intervals, max_size=4), st.lists(intervals, max_size=4))
@FEW
def test_what_is_left_has_the_minutes_that_were_not_taken(some, taken):
    left = subtract([Interval(*one) for one in some], [Interval(*one) for one in taken])
    minutes = {m for one in left for m in range(one.opens, one.closes)}
    gone = {m for first, last in taken for m in range(first, last)}
    assert minutes == {m for first, last in some for m in range(first, last)} - gone
    assert sum(one.minutes for one in left) == len(minutes)


def test_dates_alone_keep_the_week_the_register_tells():
    monday = date(2026, 11, 23)
    week = LineHours(dict.fromkeys(range(5), (Interval(600, 720),)))
    hours = RosterHours(week, (on_date(ShiftKind.EXTRA, monday, monday, 1020, 1080),))
    assert hours.intervals_on(monday) == (Interval(600, 720), Interval(1020, 1080))
    assert hours.week_on(monday) == week.weekly
    assert hours.known_until is None


def test_a_holiday_has_no_weekly_shift_unless_it_says_so():
    good_friday = date(2026, 4, 3)
    usual, always = weekly(4, 540, 600), weekly(4, 600, 660, covers_holidays=True)
    hours = RosterHours(LineHours(), (usual, always))
    assert hours.intervals_on(good_friday) == (Interval(600, 660),)
