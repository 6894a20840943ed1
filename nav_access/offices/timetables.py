"""From stored rows to the values that rules decide on."""

from collections.abc import Iterable
from datetime import date

from nav_access.offices.models import DutyLine, DutyShift, Office, OpeningInterval, Reception
from nav_access.offices.roster.codes import CoverState
from nav_access.offices.roster.rules import WHOLE_DAY, CoverHours, RosterHours, Shift
from nav_access.offices.rules import (
    Interval,
    LineHours,
    OfficeHours,
    OpeningEntry,
    OpeningHours,
    unite,
)
from nav_access.offices.staffed import Hours

Times = tuple[int | None, date | None, int | None, int | None]
"""Weekday or date, and from which to which minute of the day."""


def reception_hours(reception: Reception) -> OpeningHours:
    """Return a reception's hours as a value."""
    return OpeningHours(tuple(_entry(opening) for opening in reception.openings))


def office_hours(office: Office) -> OfficeHours:
    """Return the hours of all receptions of an office, in their order."""
    return OfficeHours(tuple(reception_hours(reception) for reception in office.receptions))


def line_hours(line: DutyLine) -> LineHours | RosterHours:
    """Return when a duty line is staffed itself: by its shifts where it has some."""
    told = told_hours(line)
    shifts = tuple(shift_of(row) for row in line.shifts)
    return RosterHours(told, shifts) if shifts else told


def told_hours(line: DutyLine) -> LineHours:
    """Return when a duty line is staffed as the register or the sample tells it."""
    times = [(i.weekday, i.on_date, i.opens_minute, i.closes_minute) for i in line.intervals]
    return to_line_hours(times, covers_holidays=line.covers_holidays)


def cover_hours(line: DutyLine) -> tuple[tuple[DutyLine, CoverHours], ...]:
    """Return the other offices' lines that answer for a line, and when they do."""
    return tuple(
        (cover.by_line, CoverHours(line_hours(cover.by_line), cover.first_date, cover.last_date))
        for cover in line.covers
        if cover.state is CoverState.ACCEPTED and cover.by_line is not None
    )


def answering_hours(lines: Iterable[DutyLine]) -> list[Hours]:
    """Return the hours of some lines and of those that answer for them."""
    hours: list[Hours] = []
    for line in lines:
        hours += [line_hours(line), *(covered for _, covered in cover_hours(line))]
    return hours


def shift_of(row: DutyShift) -> Shift:
    """Return a row of the roster as a value."""
    first, last = row.starts_minute, row.ends_minute
    return Shift(
        row.kind,
        row.first_date,
        row.last_date,
        row.weekday,
        WHOLE_DAY if first is None or last is None else Interval(first, last),
        row.covers_holidays,
        row.on_duty,
    )


def to_line_hours(times: Iterable[Times], *, covers_holidays: bool) -> LineHours:
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
