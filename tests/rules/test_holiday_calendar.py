"""Norway's public holidays: every one of the library's has a code of its own."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

from nav_access.offices.codes import Holiday
from nav_access.offices.holiday_calendar import holiday_on

COUNT_COUNTRIES = (
    "import sys, nav_access.offices.rules as _; "
    "print(sum(name.startswith('holidays.countries.') for name in sys.modules))"
)


def test_every_holiday_of_the_library_has_a_code() -> None:
    first = date(2020, 1, 1)
    days = (holiday_on(first + timedelta(days=n)) for n in range(25 * 365))
    found = Counter(holiday for holiday in days if holiday)
    assert set(found) == set(Holiday) - {Holiday.OTHER}
    assert found.total() >= 25 * 11


def test_the_days_of_easter_2026() -> None:
    assert holiday_on(date(2026, 4, 2)) is Holiday.MAUNDY_THURSDAY
    assert holiday_on(date(2026, 4, 6)) is Holiday.EASTER_MONDAY
    assert holiday_on(date(2026, 4, 4)) is None


def test_only_norway_is_loaded() -> None:
    command = [sys.executable, "-c", COUNT_COUNTRIES]
    counted = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(counted.stdout) == 1
