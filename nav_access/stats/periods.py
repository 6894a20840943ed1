"""Periods that are counted: whole weeks and whole months of Norwegian days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from nav_access.core.clock import OSLO

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
MONTHS_BACK = 13
WEEKS_BACK, WEEKS_AHEAD = 8, 2

_CODE = re.compile(r"(20[0-9]{2})-(W?)([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A week from a Monday, or a month; both days are included."""

    first: date
    last: date

    @property
    def is_week(self) -> bool:
        """Say whether it is a week."""
        return self.last - self.first < A_WEEK

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first) // A_DAY + 1

    @property
    def since(self) -> datetime:
        """The instant it begins at."""
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return _midnight(self.last + A_DAY)

    @property
    def code(self) -> str:
        """How it stands in an address: 2026-W47, 2026-11."""
        if not self.is_week:
            return f"{self.first:%Y-%m}"
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def before(self) -> "Period":
        """The week or month before."""
        day = self.first - A_DAY
        return week_of(day) if self.is_week else month_of(day)

    @property
    def after(self) -> "Period":
        """The week or month after."""
        day = self.last + A_DAY
        return week_of(day) if self.is_week else month_of(day)


def week_of(day: date) -> Period:
    """Return the week a date is in."""
    monday = day - day.weekday() * A_DAY
    return Period(monday, monday + A_WEEK - A_DAY)


def month_of(day: date) -> Period:
    """Return the month a date is in."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * A_DAY).replace(day=1) - A_DAY)


def last_month(today: date) -> Period:
    """Return the last month that is over."""
    return month_of(today).before


def read_period(code: str) -> Period | None:
    """Return the period an address names; None when it names none."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, is_week, number = int(found[1]), bool(found[2]), int(found[3])
    try:
        if is_week:
            return week_of(date.fromisocalendar(year, number, 1))
        return month_of(date(year, number, 1))
    except ValueError:
        return None


def counted_month(period: Period, today: date) -> Period:
    """Return the month in which people are counted when this period is asked for.

    People are counted by whole months that are over, and by nothing else: what a week told
    beside a month, or today beside yesterday, would tell of the few people between the two.
    """
    middle = period.first + 3 * A_DAY if period.is_week else period.first
    return min(month_of(middle), last_month(today))


def list_months(today: date) -> Iterator[Period]:
    """Yield the months to choose among, the present one first."""
    month = month_of(today)
    for _ in range(MONTHS_BACK):
        yield month
        month = month.before


def list_weeks(today: date) -> Iterator[Period]:
    """Yield the weeks to choose among, the last one first; some are still to come."""
    first = week_of(today + WEEKS_AHEAD * A_WEEK).first
    for n in range(WEEKS_AHEAD + WEEKS_BACK + 1):
        yield week_of(first - n * A_WEEK)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO).astimezone(UTC)
