"""Norway's public holidays as codes: fixed days, and days counted from Easter Sunday.

The days stand in two acts that changed last in 1947 (lov 26.4.1947 nr. 1, on 1 and 17 May;
helligdagsfredloven § 2, the others). A test holds them against the `holidays` library.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from nav_access.offices.codes import Holiday

_FIXED = (
    ((1, 1), Holiday.NEW_YEARS_DAY),
    ((5, 1), Holiday.LABOUR_DAY),
    ((5, 17), Holiday.CONSTITUTION_DAY),
    ((12, 25), Holiday.CHRISTMAS_DAY),
    ((12, 26), Holiday.SECOND_CHRISTMAS_DAY),
)
_FROM_EASTER = (
    (-3, Holiday.MAUNDY_THURSDAY),
    (-2, Holiday.GOOD_FRIDAY),
    (0, Holiday.EASTER_SUNDAY),
    (1, Holiday.EASTER_MONDAY),
    (39, Holiday.ASCENSION_DAY),
    (49, Holiday.PENTECOST),
    (50, Holiday.PENTECOST_MONDAY),
)


def holiday_on(day: date) -> Holiday | None:
    """Return the public holiday a date is, if it is one."""
    return _holidays_of(day.year).get(day)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> Mapping[date, Holiday]:
    # Where a fixed day and one counted from Easter meet, the fixed one names the day.
    easter = _easter_sunday(year)
    moving = {easter + timedelta(days=days): holiday for days, holiday in _FROM_EASTER}
    return moving | {date(year, *day): holiday for day, holiday in _FIXED}


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday by the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
