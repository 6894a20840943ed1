"""Local intervals of a day, and the UTC instants they begin and end at, clock changes included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from nav_access.core.clock import OSLO

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Minutes from local midnight, half-open: open at `opens`, closed at `closes`."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError(f"not an interval of a day: {self.opens}-{self.closes}")

    @property
    def minutes(self) -> int:
        """Length on the clock face."""
        return self.closes - self.opens


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of real time between two aware UTC instants."""

    starts: datetime
    ends: datetime

    def has(self, at: datetime) -> bool:
        """Say whether the instant lies in the span; its end does not."""
        return self.starts <= at < self.ends


def unite(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same minutes as separate, ordered intervals; neighbours that touch are joined."""
    united: list[Interval] = []
    for interval in sorted(intervals):
        if united and interval.opens <= united[-1].closes:
            before = united.pop()
            united.append(Interval(before.opens, max(before.closes, interval.closes)))
        else:
            united.append(interval)
    return tuple(united)


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return what is left of intervals, in order, where none of `taken` lies."""
    left: list[Interval] = []
    away = unite(taken)
    for interval in unite(intervals):
        at = interval.opens
        for hole in away:
            if at < min(hole.opens, interval.closes):
                left.append(Interval(at, min(hole.opens, interval.closes)))
            at = max(at, hole.closes)
        if at < interval.closes:
            left.append(Interval(at, interval.closes))
    return tuple(left)


def spans_of(day: date, intervals: Iterable[Interval]) -> tuple[Span, ...]:
    """Return the real time that local intervals of a date cover, in order.

    A repeated hour in autumn belongs wholly to an interval that reaches it; an hour that does
    not exist in spring takes no time.
    """
    spans: list[Span] = []
    for interval in unite(intervals):
        starts = instant_of(day, interval.opens, is_last=False)
        ends = instant_of(day, interval.closes, is_last=True)
        if spans and starts < spans[-1].ends:
            starts = spans.pop().starts
        if starts < ends:
            spans.append(Span(starts, ends))
    return tuple(spans)


def instant_of(day: date, minute: int, *, is_last: bool) -> datetime:
    """Return when a wall clock in Norway shows a minute of a date, the last or the first time."""
    midnight = datetime.combine(day, time(), OSLO)
    wall = (midnight + timedelta(minutes=minute)).replace(fold=int(is_last))
    instant = wall.astimezone(UTC)
    if instant.astimezone(OSLO).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    # The minute was skipped: in the EU rule all clocks move at 01:00 UTC.
    return datetime.combine(day, time(1), UTC)
