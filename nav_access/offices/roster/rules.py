"""When a line with shifts is staffed: the week, less absences, plus single dates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from nav_access.core.clock import to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.roster.codes import ShiftKind
from nav_access.offices.spans import MINUTES_A_DAY, Interval, Span, spans_of, subtract, unite
from nav_access.offices.staffed import Hours, LineHours

WHOLE_DAY = Interval(0, MINUTES_A_DAY)
HORIZON_DAYS = 60
"""How far ahead it is looked for when a line is answered next."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A row of the roster as a value; `first` and `last` are both included."""

    kind: ShiftKind
    first: date
    last: date | None = None
    weekday: int | None = None
    interval: Interval = WHOLE_DAY
    covers_holidays: bool = False
    on_duty: str | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether its period holds a date."""
        return self.first <= day and (self.last is None or day <= self.last)

    def holds_on(self, day: date) -> bool:
        """Say whether it says something about a date."""
        if not self.is_valid_on(day):
            return False
        if self.kind is not ShiftKind.WEEKLY:
            return True
        return self.weekday == day.weekday() and (self.covers_holidays or not holiday_on(day))


@dataclass(frozen=True)
class RosterHours:
    """A line's hours by its shifts; before the first weekly one they are what was `told`.

    A line that has only absences and single dates keeps the week it was told of.
    """

    told: LineHours
    shifts: tuple[Shift, ...]

    @cached_property
    def begins(self) -> date | None:
        """The date from which the weekly shifts are what counts; None without any."""
        return min((shift.first for shift in self._of(ShiftKind.WEEKLY)), default=None)

    @property
    def is_told(self) -> bool:
        """The roster is the answer, also where it says «nobody»."""
        return True

    @property
    def known_until(self) -> date | None:
        """The last date it says anything of; None when it goes on."""
        weekly = [shift.last for shift in self._of(ShiftKind.WEEKLY)]
        if not weekly:
            return self.told.known_until
        return max((last for last in weekly if last), default=None) if all(weekly) else None

    def is_rostered_on(self, day: date) -> bool:
        """Say whether weekly shifts, not what was told, make up a date."""
        return self.begins is not None and self.begins <= day

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the line is staffed on a date."""
        return unite(interval for interval, _ in self.pieces_on(day))

    def pieces_on(self, day: date) -> Iterator[tuple[Interval, Shift | None]]:
        """Yield the parts of a date and the shift each belongs to; None for what was told."""
        here = [shift for shift in self.shifts if shift.holds_on(day)]
        away = unite(s.interval for s in here if s.kind is ShiftKind.ABSENT)
        if not self.is_rostered_on(day):
            yield from ((part, None) for part in subtract(self.told.intervals_on(day), away))
        for shift in here:
            if shift.kind is ShiftKind.WEEKLY:
                yield from ((part, shift) for part in subtract([shift.interval], away))
            elif shift.kind is ShiftKind.EXTRA:
                yield shift.interval, shift

    def week_on(self, day: date) -> Mapping[int, tuple[Interval, ...]]:
        """Return the ordinary week as it is on a date, by weekday."""
        if not self.is_rostered_on(day):
            return self.told.week_on(day)
        valid = [s for s in self._of(ShiftKind.WEEKLY) if s.is_valid_on(day)]
        return {n: unite(s.interval for s in valid if s.weekday == n) for n in range(7)}

    def _of(self, kind: ShiftKind) -> Iterator[Shift]:
        return (shift for shift in self.shifts if shift.kind is kind)


@dataclass(frozen=True, slots=True)
class CoverHours:
    """The hours of the line that answers for another, in the period it does."""

    hours: Hours
    first: date
    last: date

    @property
    def is_told(self) -> bool:
        """It says nothing of the line it answers for."""
        return False

    @property
    def known_until(self) -> date:
        """It never goes on without end."""
        return date.min

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return when it answers for the other on a date."""
        return self.hours.intervals_on(day) if self.first <= day <= self.last else ()

    def week_on(self, day: date) -> Mapping[int, tuple[Interval, ...]]:
        """It has no week of its own."""
        return {}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody answers at an instant, until when, and if not from when; aware UTC."""

    is_staffed: bool
    until_utc: datetime | None = None
    next_utc: datetime | None = None


def standing_at(lines: Sequence[Hours], at: datetime) -> Standing:
    """Return how some lines together stand; nothing is assumed that was not told."""
    first = to_oslo(at).date()
    ahead = (span for span in _spans_from(lines, first) if span.ends > at)
    found = next(ahead, None)
    if found is None:
        return Standing(is_staffed=False)
    if at < found.starts:
        return Standing(is_staffed=False, next_utc=found.starts)
    return Standing(is_staffed=True, until_utc=_end_of_run(found, ahead))


def _end_of_run(first: Span, following: Iterable[Span]) -> datetime:
    """Return when spans that touch one another, over midnight, end."""
    ends = first.ends
    for span in following:
        if span.starts > ends:
            break
        ends = span.ends
    return ends


def _spans_from(lines: Sequence[Hours], first: date) -> Iterator[Span]:
    for n in range(HORIZON_DAYS):
        day = first + timedelta(days=n)
        yield from spans_of(day, (i for line in lines for i in line.intervals_on(day)))
