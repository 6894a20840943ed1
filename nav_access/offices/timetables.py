"""From stored rows to the values that rules decide on."""

from collections.abc import Iterable

from nav_access.offices.models import DutyInterval, DutyLine, Office, OpeningInterval, Reception
from nav_access.offices.rules import (
    Interval,
    LineHours,
    OfficeHours,
    OpeningEntry,
    OpeningHours,
    unite,
)


def reception_hours(reception: Reception) -> OpeningHours:
    """Return a reception's hours as a value."""
    return OpeningHours(tuple(_entry(opening) for opening in reception.openings))


def office_hours(office: Office) -> OfficeHours:
    """Return the hours of all receptions of an office, in their order."""
    return OfficeHours(tuple(reception_hours(reception) for reception in office.receptions))


def line_hours(line: DutyLine) -> LineHours:
    """Return when a duty line is staffed."""
    weekly = {i.weekday for i in line.intervals if i.weekday is not None}
    dated = {i.on_date for i in line.intervals if i.on_date is not None}
    return LineHours(
        weekly={n: _staffed(i for i in line.intervals if i.weekday == n) for n in weekly},
        dated={day: _staffed(i for i in line.intervals if i.on_date == day) for day in dated},
        covers_holidays=line.covers_holidays,
    )


def _entry(opening: OpeningInterval) -> OpeningEntry:
    return OpeningEntry(
        opening.kind,
        opening.weekday,
        opening.on_date,
        _interval(opening.opens_minute, opening.closes_minute),
        opening.comment,
    )


def _staffed(intervals: Iterable[DutyInterval]) -> tuple[Interval, ...]:
    known = (_interval(i.opens_minute, i.closes_minute) for i in intervals)
    return unite(interval for interval in known if interval)


def _interval(opens: int | None, closes: int | None) -> Interval | None:
    return None if opens is None or closes is None else Interval(opens, closes)
