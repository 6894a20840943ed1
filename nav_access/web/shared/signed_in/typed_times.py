"""Days and times as people type them, read forgivingly; the page shows what was understood."""

import re
from datetime import date, datetime, time, timedelta

from nav_access.core.clock import OSLO, to_oslo
from nav_access.core.references import digits_of

_PARTS = re.compile(r"\d+")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NEAR = {
    **dict.fromkeys(("today", "i dag", "idag"), 0),
    **dict.fromkeys(("tomorrow", "i morgen", "imorgen", "i morgon", "imorgon"), 1),
}
_NEXT_YEAR_AFTER = timedelta(days=180)


def parse_day(text: str, today: date) -> date | None:
    """Return the day written as 24.11, 24/11/26, 2026-11-24, «tomorrow»; None when it is none.

    Without a year it is the coming one: in December, 10.1 is next month.
    """
    typed = " ".join(text.casefold().split())
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    parts = [int(digits_of(part)) for part in _PARTS.findall(typed)]
    if _ISO.fullmatch(typed):
        parts.reverse()
    if len(parts) == 2:
        return _coming(parts[0], parts[1], today)
    if len(parts) != 3:
        return None
    day, month, year = parts
    return _make(year + 2000 if year < 100 else year, month, day)


def parse_time(text: str) -> time | None:
    """Return the time of day written as 15:00, 15.00, 1500, 15 or «kl. 15»; None when none."""
    parts = [digits_of(part) for part in _PARTS.findall(text)]
    if len(parts) == 1 and len(parts[0]) in {3, 4}:
        parts = [parts[0][:-2], parts[0][-2:]]
    if not 1 <= len(parts) <= 2:
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def to_instant(day: date, at: time) -> datetime:
    """Return the instant when clocks in Norway show this."""
    return datetime.combine(day, at, tzinfo=OSLO)


def show_day(instant: datetime) -> str:
    """Write the day of an instant the way the field takes it."""
    return f"{to_oslo(instant):%d.%m.%Y}"


def _coming(day: int, month: int, today: date) -> date | None:
    this_year = _make(today.year, month, day)
    if this_year is not None and today - this_year > _NEXT_YEAR_AFTER:
        return _make(today.year + 1, month, day)
    return this_year


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
