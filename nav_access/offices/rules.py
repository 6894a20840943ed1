"""Opening hours as values: what a reception offers on a date, whether it is open, when next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.offices.codes import DayReason, Holiday, OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.spans import Interval, Span, spans_of, unite
from nav_access.offices.staffed import LineHours, StaffedHours

__all__ = [
    "DayHours",
    "Interval",
    "LineHours",
    "OfficeHours",
    "OpeningEntry",
    "OpeningHours",
    "StaffedHours",
    "WeeklyMinutes",
    "holiday_on",
    "is_public",
    "unite",
]

HORIZON_DAYS = 400
"""How far ahead the next opening is looked for; further away helps nobody."""


def is_public(kind: OfficeKind, status: OfficeStatus, closes_on: date | None, today: date) -> bool:
    """Say whether people may be shown this unit: local, and not closed by `today`."""
    if kind is not OfficeKind.LOCAL or status is OfficeStatus.CLOSED:
        return False
    return status is OfficeStatus.ACTIVE or closes_on is None or today < closes_on


@dataclass(frozen=True, slots=True)
class OpeningEntry:
    """One line of a reception's hours: of a weekday (0 is Monday) or of one date."""

    kind: OpeningKind
    weekday: int | None = None
    on_date: date | None = None
    interval: Interval | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class DayHours:
    """What one date offers, and why."""

    day: date
    reason: DayReason
    holiday: Holiday | None = None
    walk_in: tuple[Interval, ...] = ()
    by_appointment: tuple[Interval, ...] = ()
    is_appointment_only: bool = False
    """No walk-in, but appointments; their times may be known only from the comment."""
    comments: tuple[str, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Say whether the date offers neither walk-in nor appointments."""
        return not self.walk_in and not self.is_appointment_only

    @property
    def spans(self) -> tuple[Span, ...]:
        """The real time people may walk in."""
        return spans_of(self.day, self.walk_in)


@dataclass(frozen=True)
class OpeningHours:
    """The hours of one reception: weekly lines, and dated ones that replace their weekday."""

    entries: tuple[OpeningEntry, ...] = ()
    _by_day: dict[int | date, list[OpeningEntry]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for entry in self.entries:
            key = entry.on_date if entry.on_date is not None else entry.weekday
            if key is not None:
                self._by_day.setdefault(key, []).append(entry)

    def hours_on(self, day: date) -> DayHours:
        """Return what a date offers; a public holiday is closed unless a dated line says more."""
        holiday = holiday_on(day)
        if day in self._by_day:
            return _day_hours(day, DayReason.EXCEPTION, holiday, self._by_day[day])
        if holiday:
            return DayHours(day, DayReason.HOLIDAY, holiday)
        return _day_hours(day, DayReason.REGULAR, None, self._by_day.get(day.weekday(), []))

    def week(self, first: date) -> tuple[DayHours, ...]:
        """Return the seven days from `first` on."""
        return tuple(self.hours_on(first + timedelta(days=n)) for n in range(7))

    def exceptions_from(self, first: date) -> tuple[DayHours, ...]:
        """Return the dated days from `first` on, in order."""
        dates = sorted(key for key in self._by_day if isinstance(key, date) and key >= first)
        return tuple(self.hours_on(day) for day in dates)

    def is_open(self, at: datetime) -> bool:
        """Say whether people may walk in at an instant; at closing time they may not."""
        return any(span.has(at) for span in self.hours_on(to_oslo(at).date()).spans)

    def closes_at(self, at: datetime) -> datetime | None:
        """Return when the walk-in that is on at an instant ends, None when none is on."""
        spans = self.hours_on(to_oslo(at).date()).spans
        return next((span.ends for span in spans if span.has(at)), None)

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first instant, not before `at`, when walk-in begins; None when unknown."""
        starts = (span.starts for span in self._spans_from(at))
        return next((start for start in starts if start >= at), None)

    def weekly_minutes(self) -> int:
        """Return the minutes of walk-in an ordinary week; dated lines never count."""
        days = (self._by_day.get(n, []) for n in range(7))
        return sum(i.minutes for entries in days for i in _walk_in(entries))

    def weekly_intervals(self, weekday: int) -> tuple[Interval, ...]:
        """Return the walk-in intervals of an ordinary weekday, 0 being Monday."""
        return _walk_in(self._by_day.get(weekday, []))

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        today = to_oslo(at).date()
        for day in self._days_from(today):
            yield from self.hours_on(day).spans

    def _days_from(self, today: date) -> Iterable[date]:
        ahead = [today + timedelta(days=n) for n in range(HORIZON_DAYS)]
        if self.weekly_minutes():
            return ahead
        return [day for day in ahead if day in self._by_day]


@dataclass(frozen=True, slots=True)
class WeeklyMinutes:
    """Walk-in minutes a week: of the reception that has most, and with any reception open."""

    best_reception: int
    any_reception: int


@dataclass(frozen=True)
class OfficeHours:
    """The hours of an office: those of all its receptions."""

    receptions: tuple[OpeningHours, ...]

    def is_open(self, at: datetime) -> bool:
        """Say whether some reception takes people who walk in."""
        return any(hours.is_open(at) for hours in self.receptions)

    def closes_at(self, at: datetime) -> datetime | None:
        """Return when the last reception that is open now closes, None when none is."""
        return max(filter(None, (hours.closes_at(at) for hours in self.receptions)), default=None)

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first instant, not before `at`, when some reception opens."""
        openings = (hours.next_opening(at) for hours in self.receptions)
        return min(filter(None, openings), default=None)

    def weekly_minutes(self) -> WeeklyMinutes:
        """Return the best reception's and the union's walk-in minutes of an ordinary week."""
        best = max((hours.weekly_minutes() for hours in self.receptions), default=0)
        days = (unite(_of_weekday(self.receptions, n)) for n in range(7))
        return WeeklyMinutes(best, sum(i.minutes for day in days for i in day))


def _of_weekday(receptions: Sequence[OpeningHours], weekday: int) -> list[Interval]:
    return [i for hours in receptions for i in hours.weekly_intervals(weekday)]


def _walk_in(entries: Sequence[OpeningEntry]) -> tuple[Interval, ...]:
    if any(entry.kind is OpeningKind.CLOSED for entry in entries):
        return ()
    return unite(e.interval for e in entries if e.kind is OpeningKind.WALK_IN and e.interval)


def _day_hours(
    day: date, reason: DayReason, holiday: Holiday | None, entries: Sequence[OpeningEntry]
) -> DayHours:
    walk_in = _walk_in(entries)
    is_shut = any(entry.kind is OpeningKind.CLOSED for entry in entries)
    appointments = [e for e in entries if e.kind is OpeningKind.APPOINTMENT_ONLY and not is_shut]
    return DayHours(
        day,
        reason,
        holiday,
        walk_in=walk_in,
        by_appointment=unite(e.interval for e in appointments if e.interval),
        is_appointment_only=bool(appointments) and not walk_in,
        comments=tuple(dict.fromkeys(e.comment for e in entries if e.comment)),
    )
