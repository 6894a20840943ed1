"""Opening hours: what beats what, half-open ends, holidays, dated days, next opening."""

from datetime import UTC, date, datetime

import pytest

from nav_access.core.clock import OSLO
from nav_access.offices.codes import DayReason, Holiday, OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.rules import (
    Interval,
    OfficeHours,
    OpeningEntry,
    OpeningHours,
    WeeklyMinutes,
    is_public,
)

NINE_TO_THREE = Interval(9 * 60, 15 * 60)
MONDAY = date(2026, 11, 23)


def oslo(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def walk_in(weekday: int, interval: Interval = NINE_TO_THREE) -> OpeningEntry:
    return OpeningEntry(OpeningKind.WALK_IN, weekday=weekday, interval=interval)


WEEK = OpeningHours(tuple(walk_in(n) for n in range(5)))


def test_open_from_the_first_minute_and_closed_at_the_last() -> None:
    assert WEEK.is_open(oslo(MONDAY, 9))
    assert WEEK.is_open(oslo(MONDAY, 14, 59))
    assert not WEEK.is_open(oslo(MONDAY, 15))
    assert not WEEK.is_open(oslo(MONDAY, 8, 59))


def test_a_weekday_without_lines_is_closed() -> None:
    hours = OpeningHours((walk_in(0),))
    assert hours.hours_on(date(2026, 11, 24)).is_closed
    assert hours.hours_on(MONDAY).reason is DayReason.REGULAR


def test_overlapping_and_touching_lines_are_united() -> None:
    lines = (Interval(600, 720), Interval(540, 660), Interval(720, 780))
    hours = OpeningHours(tuple(walk_in(0, line) for line in lines))
    assert hours.hours_on(MONDAY).walk_in == (Interval(540, 780),)
    assert hours.weekly_minutes() == 240


def test_closed_beats_times() -> None:
    hours = OpeningHours((walk_in(0), OpeningEntry(OpeningKind.CLOSED, weekday=0)))
    assert hours.hours_on(MONDAY).is_closed
    assert hours.weekly_minutes() == 0


def test_appointments_are_never_walk_in() -> None:
    line = OpeningEntry(OpeningKind.APPOINTMENT_ONLY, 0, interval=NINE_TO_THREE, comment="Ring.")
    day = OpeningHours((line,)).hours_on(MONDAY)
    assert (day.walk_in, day.by_appointment) == ((), (NINE_TO_THREE,))
    assert day.is_appointment_only
    assert not day.is_closed
    assert not OpeningHours((line,)).is_open(oslo(MONDAY, 10))


def test_times_in_a_comment_are_shown_and_never_counted() -> None:
    line = OpeningEntry(OpeningKind.CLOSED, 0, comment="Timeavtaler 10.00 - 14.00")
    hours = OpeningHours((line,))
    assert hours.hours_on(MONDAY).comments == ("Timeavtaler 10.00 - 14.00",)
    assert hours.weekly_minutes() == 0
    assert hours.next_opening(oslo(MONDAY, 8)) is None


def test_a_dated_line_replaces_its_weekday_and_never_counts_in_the_week() -> None:
    short = OpeningEntry(OpeningKind.WALK_IN, on_date=MONDAY, interval=Interval(600, 660))
    hours = OpeningHours((*WEEK.entries, short))
    assert hours.hours_on(MONDAY).walk_in == (Interval(600, 660),)
    assert hours.hours_on(MONDAY).reason is DayReason.EXCEPTION
    assert hours.weekly_minutes() == WEEK.weekly_minutes() == 5 * 360


def test_a_public_holiday_is_closed_and_says_why() -> None:
    day = WEEK.hours_on(date(2026, 12, 25))
    assert (day.is_closed, day.reason, day.holiday) == (
        True,
        DayReason.HOLIDAY,
        Holiday.CHRISTMAS_DAY,
    )


def test_a_dated_line_can_open_on_a_public_holiday() -> None:
    christmas = date(2026, 12, 25)
    duty = OpeningEntry(OpeningKind.WALK_IN, on_date=christmas, interval=Interval(600, 690))
    day = OpeningHours((*WEEK.entries, duty)).hours_on(christmas)
    assert day.walk_in == (Interval(600, 690),)
    assert (day.reason, day.holiday) == (DayReason.EXCEPTION, Holiday.CHRISTMAS_DAY)


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31)])
def test_the_eve_of_a_feast_is_an_ordinary_day_unless_data_says_otherwise(day: date) -> None:
    assert WEEK.hours_on(day).walk_in == (NINE_TO_THREE,)


def test_the_next_opening_passes_over_the_easter_holidays() -> None:
    wednesday_evening = oslo(date(2026, 4, 1), 16)
    assert WEEK.next_opening(wednesday_evening) == oslo(date(2026, 4, 7), 9)


def test_the_next_opening_while_open_is_the_one_after() -> None:
    assert WEEK.next_opening(oslo(MONDAY, 9)) == oslo(MONDAY, 9)
    assert WEEK.next_opening(oslo(MONDAY, 10)) == oslo(date(2026, 11, 24), 9)


def test_closed_all_week_finds_the_one_dated_opening() -> None:
    day = date(2027, 2, 3)
    dated = OpeningEntry(OpeningKind.WALK_IN, on_date=day, interval=NINE_TO_THREE)
    assert OpeningHours((dated,)).next_opening(oslo(MONDAY, 9)) == oslo(day, 9)
    assert OpeningHours(()).next_opening(oslo(MONDAY, 9)) is None


def test_exceptions_ahead_come_in_order_and_past_ones_are_left_out() -> None:
    days = [date(2026, 12, 31), date(2026, 12, 24), date(2026, 1, 2)]
    entries = tuple(OpeningEntry(OpeningKind.CLOSED, on_date=day) for day in days)
    ahead = OpeningHours(entries).exceptions_from(MONDAY)
    assert [day.day for day in ahead] == [date(2026, 12, 24), date(2026, 12, 31)]


def test_several_receptions_give_the_best_and_the_union() -> None:
    morning = OpeningHours((walk_in(0, Interval(540, 720)),))
    midday = OpeningHours((walk_in(0, Interval(660, 780)), walk_in(1, Interval(660, 780))))
    office = OfficeHours((morning, midday))
    assert office.weekly_minutes() == WeeklyMinutes(best_reception=240, any_reception=360)


def test_an_office_is_open_while_any_reception_is() -> None:
    morning = OpeningHours((walk_in(0, Interval(540, 600)),))
    office = OfficeHours((morning, OpeningHours((walk_in(0, Interval(570, 660)),))))
    assert office.is_open(oslo(MONDAY, 10, 30))
    assert office.closes_at(oslo(MONDAY, 9, 45)) == oslo(MONDAY, 11)
    assert office.next_opening(oslo(MONDAY, 8)) == oslo(MONDAY, 9)
    assert OfficeHours(()).next_opening(oslo(MONDAY, 8)) is None


def test_answers_are_utc() -> None:
    opening = WEEK.next_opening(oslo(MONDAY, 8))
    assert opening == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert opening.tzinfo is UTC


@pytest.mark.parametrize(
    ("status", "closes_on", "is_shown"),
    [
        (OfficeStatus.ACTIVE, None, True),
        (OfficeStatus.CLOSING, None, True),
        (OfficeStatus.CLOSING, date(2026, 11, 24), True),
        (OfficeStatus.CLOSING, date(2026, 11, 23), False),
        (OfficeStatus.CLOSED, None, False),
    ],
)
def test_a_unit_is_public_until_its_date(
    status: OfficeStatus, closes_on: date | None, is_shown: bool
) -> None:
    assert is_public(OfficeKind.LOCAL, status, closes_on, MONDAY) is is_shown
    assert not is_public(OfficeKind.OTHER, status, closes_on, MONDAY)
