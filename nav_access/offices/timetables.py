"""From stored rows to the values that rules decide on."""

from collections.abc import Iterable
from datetime import date

from nav_access.offices.models import DutyLine, Office, OpeningInterval, Reception
from nav_access.offices.rules import (
    Interval,
    LineHours,
    OfficeHours,
    OpeningEntry,
    OpeningHours,
    unite,
)

Times = tuple[int | None, date | None, int | None, int | None]
"""Weekday or date, and from which to which minute of the day."""


def reception_hours(reception: Reception) -> OpeningHours:
    """Return a reception's hours as a value."""
    return OpeningHours(tuple(_entry(opening) for opening in reception.openings))


def office_hours(office: Office) -> OfficeHours:
    """Return the hours of all receptions of an office, in their order."""
    return OfficeHours(tuple(reception_hours(reception) for reception in office.receptions))


def line_hours(line: DutyLine) -> LineHours:
    """Return when a duty line is staffed."""
    times = [(i.weekday, i.on_date, i.opens_minute, i.closes_minute) for i in line.intervals]
    return roster_hours(times, covers_holidays=line.covers_holidays)


def roster_hours(times: Iterable[Times], *, covers_holidays: bool) -> LineHours:
    """Return when a line with these times is staffed; a row without a day says nothing."""
    weekly: dict[int, list[Interval]] = {}
    dated: dict[date, list[Interval]] = {}
    for weekday, on_date, opens, closes in times:
        interval = _interval(opens, closes)
        if on_date is not None:
            dated.setdefault(on_date, []).extend([interval] if interval else [])
        elif weekday is not None and interval:
            weekly.setdefault(weekday, []).append(interval)
    return LineHours(
        {day: unite(intervals) for day, intervals in weekly.items()},
        {day: unite(intervals) for day, intervals in dated.items()},
        covers_holidays,
    )


def _entry(opening: OpeningInterval) -> OpeningEntry:
    return OpeningEntry(
        opening.kind,
        opening.weekday,
        opening.on_date,
        _interval(opening.opens_minute, opening.closes_minute),
        opening.comment,
    )


def _interval(opens: int | None, closes: int | None) -> Interval | None:
    return None if opens is None or closes is None else Interval(opens, closes)
