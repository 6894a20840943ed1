"""Slots of a day: never overlapping, never outside what an office publishes, on any date."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.appointments.codes import BookingKind
from nav_access.appointments.rules import (
    DatedChange,
    PlannedSlot,
    Seats,
    Terms,
    WeeklyCapacity,
    find_rows,
    plan_day,
    remind_day_before,
    remind_same_day,
)
from nav_access.core.clock import OSLO, to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.spans import Interval

MINUTE = timedelta(minutes=1)
TUESDAY, SPRING, AUTUMN = date(2026, 11, 24), date(2026, 3, 29), date(2026, 10, 25)
CHRISTMAS = date(2026, 12, 25)


def hours(opens: float, closes: float) -> Interval:
    return Interval(int(opens * 60), int(closes * 60))


def every_day(opens: float, closes: float, *seats: int) -> list[WeeklyCapacity]:
    return [WeeklyCapacity(day, hours(opens, closes), Seats(*seats or (1,))) for day in range(7)]


def shown(slots: tuple[PlannedSlot, ...]) -> list[str]:
    return [f"{to_oslo(slot.starts_utc):%H:%M}" for slot in slots]


def test_slots_are_laid_from_where_capacity_begins():
    assert shown(plan_day(TUESDAY, every_day(9.25, 11), (), 30)) == ["09:15", "09:45", "10:15"]


def test_rules_that_overlap_add_up():
    rules = [*every_day(9, 11, 1, 0, 1), *every_day(10, 12, 2, 1, 0)]
    seats = [slot.seats for slot in plan_day(TUESDAY, rules, (), 60)]
    assert seats == [Seats(1, 0, 1), Seats(3, 1, 1), Seats(2, 1, 0)]


def test_a_slot_has_what_all_of_it_has():
    rules = [*every_day(9, 10, 1), *every_day(9, 9.5, 5)]
    assert [slot.seats for slot in plan_day(TUESDAY, rules, (), 60)] == [Seats(1)]


def test_a_closure_takes_slots_away_and_moves_none():
    closure = DatedChange(TUESDAY, is_closure=True, interval=hours(10, 10.25))
    assert shown(plan_day(TUESDAY, every_day(9, 12), [closure], 30)) == [
        "09:00",
        "09:30",
        "10:30",
        "11:00",
        "11:30",
    ]
    assert plan_day(TUESDAY, every_day(9, 12), [DatedChange(TUESDAY, is_closure=True)], 30) == ()


def test_an_extra_adds_time_and_moves_no_slot_of_the_week():
    extra = DatedChange(TUESDAY, is_closure=False, interval=hours(8.25, 10), seats=Seats(2))
    slots = plan_day(TUESDAY, every_day(9, 10), [extra], 30)
    assert shown(slots) == ["08:15", "09:00", "09:30"]
    assert [slot.seats.public for slot in slots] == [2, 3, 3]


def test_a_holiday_is_closed_unless_an_extra_says_otherwise():
    extra = DatedChange(CHRISTMAS, is_closure=False, interval=hours(10, 11), seats=Seats(1))
    assert plan_day(CHRISTMAS, every_day(9, 15), (), 60) == ()
    assert shown(plan_day(CHRISTMAS, every_day(9, 15), [extra], 60)) == ["10:00"]


@pytest.mark.parametrize(("day", "there"), [(SPRING, 3), (TUESDAY, 4), (AUTUMN, 5)])
def test_the_hour_that_is_skipped_or_repeated(day, there):
    assert len(plan_day(day, every_day(0, 4), (), 60)) == there


def test_a_rule_holds_between_its_dates():
    rule = WeeklyCapacity(1, hours(9, 10), Seats(1), date(2026, 11, 24), date(2026, 12, 1))
    days = (date(2026, 11, 17) + timedelta(weeks=n) for n in range(4))
    assert [bool(plan_day(day, [rule], (), 30)) for day in days] == [False, True, True, False]


DAYS = st.one_of(
    st.sampled_from([SPRING, AUTUMN, CHRISTMAS, date(2027, 2, 28)]),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
INTERVALS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda t: t[0] < t[1])
SEATS = st.builds(Seats, *(st.integers(0, 3) for _ in range(3)))


@st.composite
def capacities(draw):
    """A date, weekly rules and changes that may fall on it, and how long its slots are."""
    day, times = draw(DAYS), INTERVALS.map(lambda both: Interval(*both))
    weekday = st.sampled_from([day.weekday(), (day.weekday() + 1) % 7])
    weekly = st.lists(st.builds(WeeklyCapacity, weekday, times, SEATS), max_size=4)
    dates = st.sampled_from([day, day + timedelta(days=1)])
    changes = st.lists(st.builds(DatedChange, dates, st.booleans(), times, SEATS), max_size=3)
    return day, draw(weekly), draw(changes), draw(st.sampled_from([5, 20, 30, 45, 60]))


def seats_at(instant: datetime, weekly, changes) -> Seats:
    """Say anew, minute by minute, what the wall clock offers."""
    wall = to_oslo(instant)
    day, minute = wall.date(), wall.hour * 60 + wall.minute
    now = [one for one in changes if one.on_date == day and has(one.interval, minute)]
    if any(one.is_closure for one in now):
        return Seats()
    usual = [] if holiday_on(day) else [one for one in weekly if one.weekday == day.weekday()]
    return sum((one.seats for one in [*usual, *now] if has(one.interval, minute)), Seats())


def has(interval: Interval, minute: int) -> bool:
    return interval.opens <= minute < interval.closes


@given(capacities())
def test_slots_never_overlap_and_are_as_long_as_they_should_be(capacity):
    slots = plan_day(*capacity)
    assert all(slot.ends_utc - slot.starts_utc == capacity[3] * MINUTE for slot in slots)
    pairs = pairwise(slots)
    assert all(one.ends_utc <= after.starts_utc for one, after in pairs)


@given(capacities())
def test_slots_never_offer_more_than_there_is(capacity):
    day, weekly, changes, length = capacity
    for slot in plan_day(*capacity):
        for n in range(length):
            offered = seats_at(slot.starts_utc + n * MINUTE, weekly, changes)
            assert slot.seats.least(offered) == slot.seats
        assert to_oslo(slot.starts_utc).date() == day


@given(capacities(), st.permutations(range(4)))
def test_the_order_of_rules_changes_nothing(capacity, order):
    day, weekly, changes, length = capacity
    mixed = [weekly[n] for n in order if n < len(weekly)]
    assert plan_day(day, mixed, changes[::-1], length) == plan_day(*capacity)


@pytest.mark.parametrize(
    ("kind", "interpreter", "needed"),
    [
        (BookingKind.OFFICE, False, 2),
        (BookingKind.OFFICE, True, 3),
        (BookingKind.PHONE, False, 1),
        (BookingKind.PHONE, True, 2),
    ],
)
def test_how_many_slots_a_booking_takes(kind, interpreter, needed):
    terms = Terms(slot_minutes=30, length_minutes=45, phone_minutes=20, interpreter_minutes=30)
    assert terms.slots_needed(kind, with_interpreter=interpreter) == needed


def test_the_last_bookable_day_is_whole_when_clocks_change():
    now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    within = Terms(30, 30, horizon_days=2, lead_minutes=60).bookable(now, is_internal=False)
    assert within.starts == now + timedelta(hours=1)
    assert within.ends == datetime(2026, 3, 30, tzinfo=OSLO)


def test_rows_have_no_gaps():
    slots = plan_day(TUESDAY, [*every_day(9, 10), *every_day(10.5, 12)], (), 30)
    assert [shown(row) for row in find_rows(slots, 3)] == [["10:30", "11:00", "11:30"]]


@pytest.mark.parametrize(
    ("starts", "before", "same"),
    [
        ((2026, 11, 25, 15), (2026, 11, 24, 16), (2026, 11, 25, 8)),
        ((2026, 11, 25, 9), (2026, 11, 24, 16), (2026, 11, 25, 8)),
        ((2026, 11, 25, 8), (2026, 11, 24, 16), None),
        ((2026, 11, 24, 13), (2026, 11, 23, 16), (2026, 11, 24, 8)),
        ((2026, 11, 23, 15), None, None),
        ((2027, 3, 29, 9), (2027, 3, 28, 16), (2027, 3, 29, 8)),
    ],
)
def test_reminders_come_the_day_before_and_the_same_morning(starts, before, same):
    now = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO).astimezone(UTC)
    at = datetime(*starts, tzinfo=OSLO).astimezone(UTC)
    assert remind_day_before(at, now) == (datetime(*before, tzinfo=OSLO) if before else None)
    assert remind_same_day(at, now) == (datetime(*same, tzinfo=OSLO) if same else None)
