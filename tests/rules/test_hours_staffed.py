"""Staffed hours: the default day, lines united, dated entries, holiday cover."""

from datetime import date, datetime

from nav_access.core.clock import OSLO
from nav_access.offices.rules import Interval, LineHours, StaffedHours

FRIDAY = date(2026, 11, 27)


def oslo(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def line(opens: int, closes: int, *, covers_holidays: bool = False) -> LineHours:
    day = (Interval(opens * 60, closes * 60),)
    return LineHours(dict.fromkeys(range(5), day), covers_holidays=covers_holidays)


def test_without_lines_it_is_weekdays_nine_to_three() -> None:
    hours = StaffedHours()
    assert hours.is_staffed(oslo(FRIDAY, 9))
    assert not hours.is_staffed(oslo(FRIDAY, 15))
    assert hours.next_staffed(oslo(FRIDAY, 15)) == oslo(date(2026, 11, 30), 9)


def test_two_hours_from_friday_afternoon_end_on_monday() -> None:
    hours = StaffedHours()
    assert hours.after_staffed_minutes(oslo(FRIDAY, 14), 120) == oslo(date(2026, 11, 30), 10)


def test_a_promise_may_be_the_very_end_of_the_day() -> None:
    assert StaffedHours().after_staffed_minutes(oslo(FRIDAY, 14), 60) == oslo(FRIDAY, 15)


def test_the_end_of_the_day_is_today_until_it_has_come() -> None:
    hours = StaffedHours()
    assert hours.end_of_staffed_day(oslo(FRIDAY, 7)) == oslo(FRIDAY, 15)
    assert hours.end_of_staffed_day(oslo(FRIDAY, 14, 59)) == oslo(FRIDAY, 15)
    assert hours.end_of_staffed_day(oslo(FRIDAY, 15)) == oslo(date(2026, 11, 30), 15)


def test_lines_are_united() -> None:
    hours = StaffedHours([line(8, 10), line(9, 12)])
    assert hours.intervals_on(FRIDAY) == (Interval(480, 720),)


def test_a_dated_entry_replaces_the_day_of_its_own_line_only() -> None:
    away = LineHours(line(8, 12).weekly, {FRIDAY: ()})
    assert StaffedHours([away]).intervals_on(FRIDAY) == ()
    assert StaffedHours([away, line(10, 11)]).intervals_on(FRIDAY) == (Interval(600, 660),)


def test_only_a_line_with_holiday_cover_is_staffed_on_a_holiday() -> None:
    good_friday = date(2026, 4, 3)
    covered = StaffedHours([line(9, 15), line(10, 12, covers_holidays=True)])
    assert covered.intervals_on(good_friday) == (Interval(600, 720),)
    assert StaffedHours([line(9, 15)]).intervals_on(good_friday) == ()


def test_lines_without_any_weekly_hours_do_not_hide_the_default_day() -> None:
    hours = StaffedHours([LineHours({}, {FRIDAY: (Interval(960, 1020),)})])
    assert hours.is_staffed(oslo(date(2026, 11, 30), 9))
    assert hours.is_staffed(oslo(FRIDAY, 16))
