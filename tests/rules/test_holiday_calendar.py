"""Norway's public holidays: the same days as the library has, each with a code."""

from collections import Counter
from datetime import date, timedelta

import pytest
from holidays import Norway

from nav_access.offices.codes import Holiday
from nav_access.offices.holiday_calendar import holiday_on


@pytest.mark.parametrize("year", range(1990, 2101))
def test_the_days_are_those_of_the_library(year: int) -> None:
    every_day = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    ours = {day for day in every_day if day.year == year and holiday_on(day)}
    assert ours == set(Norway(years=year, expand=False))


def test_every_code_is_used() -> None:
    first = date(2020, 1, 1)
    days = (holiday_on(first + timedelta(days=n)) for n in range(25 * 365))
    found = Counter(holiday for holiday in days if holiday)
    assert set(found) == set(Holiday) - {Holiday.OTHER}


def test_the_days_of_easter_2026() -> None:
    assert holiday_on(date(2026, 4, 2)) is Holiday.MAUNDY_THURSDAY
    assert holiday_on(date(2026, 4, 6)) is Holiday.EASTER_MONDAY
    assert holiday_on(date(2026, 4, 4)) is None


def test_a_fixed_day_names_a_day_that_has_two_names() -> None:
    assert holiday_on(date(2027, 5, 17)) is Holiday.CONSTITUTION_DAY
