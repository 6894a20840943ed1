"""When an office can be reached by its own duty lines: the clock that promises run on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from nav_access.core.clock import to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.spans import Interval, Span, spans_of, unite

KNOWN_DAYS = 60
"""Days whose hours are remembered: promises look at the next few again and again."""

MINUTE = timedelta(minutes=1)
OFFICE_DAY = (Interval(9 * 60, 15 * 60),)


@dataclass(frozen=True)
class LineHours:
    """When one line is staffed; a dated entry replaces its weekday, an empty one means never."""

    weekly: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    """By weekday, 0 being Monday."""
    dated: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    covers_holidays: bool = False

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the line is staffed on a date."""
        if day in self.dated:
            return self.dated[day]
        if holiday_on(day) and not self.covers_holidays:
            return ()
        return self.weekly.get(day.weekday(), ())


DEFAULT_LINE = LineHours(dict.fromkeys(range(5), OFFICE_DAY))
"""What is assumed of an office that has told us nothing: weekdays 09:00-15:00."""


class StaffedHours:
    """The union of an office's lines. Takes and returns aware instants, in UTC."""

    def __init__(self, lines: Sequence[LineHours] = ()) -> None:
        """Without any weekly hours the default day applies, so that a next one always exists."""
        has_week = any(any(line.weekly.values()) for line in lines)
        self.lines = tuple(lines) if has_week else (*lines, DEFAULT_LINE)
        self._known: dict[date, tuple[Span, ...]] = {}

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the local intervals of a date when some line is staffed."""
        return unite(i for line in self.lines for i in line.intervals_on(day))

    def is_staffed(self, at: datetime) -> bool:
        """Say whether some line is staffed at an instant; at the end of the day none is."""
        return any(span.has(at) for span in self._spans_on(to_oslo(at).date()))

    def next_staffed(self, at: datetime) -> datetime:
        """Return `at` when staffed then, otherwise when staffing next begins."""
        return max(at, next(self._spans_from(at)).starts)

    def after_staffed_minutes(self, at: datetime, minutes: int) -> datetime:
        """Return the instant by which so many staffed minutes have passed since `at`.

        It lies in staffed time or is the very end of it: «before 15:00» can be promised.
        """
        left = minutes * MINUTE
        for span in self._spans_from(at):
            begins = max(at, span.starts)
            if begins + left <= span.ends:
                return begins + left
            left -= span.ends - begins
        raise AssertionError("staffed time never ends")

    def end_of_staffed_day(self, at: datetime) -> datetime:
        """Return when staffing ends for the day: today if that is still ahead, or the next day."""
        first = next(self._spans_from(at))
        return self._spans_on(to_oslo(first.starts).date())[-1].ends

    def staffed_minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole staffed minutes between two instants; 0 when `end` is not later."""
        total = timedelta()
        for span in self._spans_from(start):
            if span.starts >= end:
                break
            total += min(end, span.ends) - max(start, span.starts)
        return max(total, timedelta()) // MINUTE

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        spans = self._known.get(day)
        if spans is None:
            if len(self._known) >= KNOWN_DAYS:
                self._known.clear()
            spans = self._known[day] = spans_of(day, self.intervals_on(day))
        return spans

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        """Yield the spans that end after an instant, without end."""
        today = to_oslo(at).date()
        for days in count():
            yield from (s for s in self._spans_on(today + timedelta(days=days)) if s.ends > at)


def find_gaps(
    lines: Sequence[LineHours], first: date, days: int
) -> tuple[tuple[date, Interval], ...]:
    """Return when, on ordinary weekdays 09:00-15:00 ahead, none of the lines is staffed."""
    ahead = (first + timedelta(days=n) for n in range(days))
    return tuple(
        (day, gap)
        for day in ahead
        for gap in _uncovered(DEFAULT_LINE.intervals_on(day), lines, day)
    )


def _uncovered(
    wanted: Sequence[Interval], lines: Sequence[LineHours], day: date
) -> Iterator[Interval]:
    staffed = unite(i for line in lines for i in line.intervals_on(day))
    for part in wanted:
        at = part.opens
        for interval in staffed:
            if at < min(interval.opens, part.closes):
                yield Interval(at, min(interval.opens, part.closes))
            at = max(at, interval.closes)
        if at < part.closes:
            yield Interval(at, part.closes)
