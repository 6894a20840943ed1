"""When an office can be reached by its own duty lines: the clock that promises run on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Protocol

from nav_access.core.clock import to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.spans import Interval, Span, spans_of, unite

KNOWN_DAYS = 60
"""Days whose hours are remembered: promises look at the next few again and again."""

MINUTE = timedelta(minutes=1)
OFFICE_DAY = (Interval(9 * 60, 15 * 60),)


class Hours(Protocol):
    """When one line is staffed: by a register's hours, by shifts, by another's cover."""

    @property
    def is_told(self) -> bool:
        """Whether this says when the line is staffed; else nothing is known of it."""
        ...

    @property
    def known_until(self) -> date | None:
        """The last date it says anything of; None when it goes on."""
        ...

    def intervals_on(self, day: date) -> tuple[Interval, ...]: ...

    def week_on(self, day: date) -> Mapping[int, tuple[Interval, ...]]: ...


@dataclass(frozen=True)
class LineHours:
    """When one line is staffed; a dated entry replaces its weekday, an empty one means never."""

    weekly: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    """By weekday, 0 being Monday."""
    dated: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    covers_holidays: bool = False

    @property
    def is_told(self) -> bool:
        """Whether some weekday has hours; dated ones alone are no week."""
        return any(self.weekly.values())

    @property
    def known_until(self) -> date | None:
        """A week goes on for ever; without one nothing is known."""
        return None if self.is_told else date.min

    def week_on(self, day: date) -> Mapping[int, tuple[Interval, ...]]:
        """Return the ordinary week; it is the same on every date."""
        return self.weekly

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the line is staffed on a date."""
        if day in self.dated:
            return self.dated[day]
        if holiday_on(day) and not self.covers_holidays:
            return ()
        return self.weekly.get(day.weekday(), ())


DEFAULT_LINE = LineHours(dict.fromkeys(range(5), OFFICE_DAY))
"""What is assumed of an office that has told us nothing: weekdays 09:00-15:00."""


@dataclass(frozen=True, slots=True)
class _Afterwards:
    """The default day, from the day after what is known ends."""

    known_until: date

    @property
    def is_told(self) -> bool:
        return False

    def week_on(self, day: date) -> Mapping[int, tuple[Interval, ...]]:
        return {}

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        return DEFAULT_LINE.intervals_on(day) if day > self.known_until else ()


class AnsweredHours:
    """The union of some lines, as told: where nothing was told of any, the default day.

    Lines whose shifts have run out are not answered.
    """

    def __init__(self, lines: Sequence[Hours] = (), *, assumes_day: bool = True) -> None:
        """Take the lines of an office, or one; without `assumes_day` untold means nobody."""
        is_told = not assumes_day or any(line.is_told for line in lines)
        self.lines: tuple[Hours, ...] = tuple(lines) if is_told else (*lines, DEFAULT_LINE)
        self._known: dict[date, tuple[Span, ...]] = {}

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the local intervals of a date when some line is staffed."""
        return unite(i for line in self.lines for i in line.intervals_on(day))

    def is_staffed(self, at: datetime) -> bool:
        """Say whether some line is staffed at an instant; at the end of the day none is."""
        return any(span.has(at) for span in self._spans_on(to_oslo(at).date()))

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        spans = self._known.get(day)
        if spans is None:
            if len(self._known) >= KNOWN_DAYS:
                self._known.clear()
            spans = self._known[day] = spans_of(day, self.intervals_on(day))
        return spans


class StaffedHours(AnsweredHours):
    """The hours promises count on: there is always a next one. Takes and returns UTC.

    Where no line goes on without end, the default day applies from when the last one ends.
    """

    def __init__(self, lines: Sequence[Hours] = ()) -> None:
        """Without any line the default day applies at once."""
        super().__init__(lines)
        ends = [line.known_until for line in lines]
        if ends and None not in ends:
            last = max(end for end in ends if end is not None)
            self.lines = (*lines, _Afterwards(last))

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

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        """Yield the spans that end after an instant, without end."""
        today = to_oslo(at).date()
        for days in count():
            yield from (s for s in self._spans_on(today + timedelta(days=days)) if s.ends > at)
