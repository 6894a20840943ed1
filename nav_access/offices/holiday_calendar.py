"""Norway's public holidays as codes, from the `holidays` library."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec

from nav_access.offices.codes import Holiday

COUNTRIES = "holidays.countries"


def _load_norway() -> Callable[..., Mapping[date, str]]:
    # The package's __init__ imports every country on earth (90 ms and 11 MB at each start).
    # An empty package in its place lets Norway's own module be imported alone.
    spec = find_spec(COUNTRIES)
    if spec and COUNTRIES not in sys.modules:
        sys.modules[COUNTRIES] = module_from_spec(spec)
    norway: Callable[..., Mapping[date, str]] = import_module(f"{COUNTRIES}.norway").Norway
    return norway


_Norway = _load_norway()

_BY_NAME = {
    "New Year's Day": Holiday.NEW_YEARS_DAY,
    "Maundy Thursday": Holiday.MAUNDY_THURSDAY,
    "Good Friday": Holiday.GOOD_FRIDAY,
    "Easter Sunday": Holiday.EASTER_SUNDAY,
    "Easter Monday": Holiday.EASTER_MONDAY,
    "Labor Day": Holiday.LABOUR_DAY,
    "Constitution Day": Holiday.CONSTITUTION_DAY,
    "Ascension Day": Holiday.ASCENSION_DAY,
    "Pentecost": Holiday.PENTECOST,
    "Pentecost Monday": Holiday.PENTECOST_MONDAY,
    "Christmas Day": Holiday.CHRISTMAS_DAY,
    "Second Day of Christmas": Holiday.SECOND_CHRISTMAS_DAY,
}


def holiday_on(day: date) -> Holiday | None:
    """Return the public holiday a date is, if it is one."""
    return _holidays_of(day.year).get(day)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> Mapping[date, Holiday]:
    # Two holidays on one date («A; B») count as the first: the day is closed either way.
    named = _Norway(years=year, language="en_US", expand=False)
    return {day: _code_of(names) for day, names in named.items()}


def _code_of(names: str) -> Holiday:
    return _BY_NAME.get(names.partition(";")[0].strip(), Holiday.OTHER)
