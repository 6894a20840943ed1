"""A duty roster reckoned minute by minute, the slow way: what the gap finder is held against."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby

import holidays

from nav_access.core.clock import OSLO
from nav_access.offices.codes import OpeningKind
from nav_access.offices.roster.codes import GapReason, ShiftKind
from nav_access.offices.roster.gaps import Gap, find_gaps_ahead
from nav_access.offices.roster.rules import CoverHours, RosterHours, Shift
from nav_access.offices.rules import OfficeHours, OpeningEntry, OpeningHours
from nav_access.offices.spans import Interval, Span
from nav_access.offices.staffed import LineHours

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FREE = holidays.NO(years=range(2024, 2031), include_sundays=False)


@dataclass(frozen=True)
class Plan:
    """An office in short: its lines' shifts, who covers them, its doors, its callback times."""

    lines: tuple[tuple[Shift, ...], ...]
    covers: tuple[tuple[tuple[Shift, ...], date, date], ...] = ()
    doors: tuple[OpeningEntry, ...] = ()
    callbacks: tuple[Span, ...] = ()

    def find(self, first: date, days: int) -> tuple[Gap, ...]:
        """Return what the gap finder says."""
        own = [_hours(shifts) for shifts in self.lines]
        covers = [CoverHours(_hours(shifts), since, until) for shifts, since, until in self.covers]
        doors = OfficeHours((OpeningHours(self.doors),))
        return find_gaps_ahead([*own, *covers], doors, first, days, callbacks=self.callbacks)

    def reckon(self, first: date, days: int) -> dict[datetime, frozenset[GapReason]]:
        """Return each minute in which somebody ought to answer and nobody does, and why."""
        found: dict[datetime, frozenset[GapReason]] = {}
        for n in range(days):
            found |= dict(self._reckon_day(first + n * DAY))
        return found

    def _reckon_day(self, day: date) -> Iterator[tuple[datetime, frozenset[GapReason]]]:
        answered = set[int]().union(
            *(_shown(day, _on_duty(shifts, day)) for shifts in self.lines),
            *(
                _shown(day, _on_duty(s, day))
                for s, since, until in self.covers
                if since <= day <= until
            ),
        )
        promised = range(540, 900) if day.weekday() < 5 and day not in FREE else ()
        promise, door = _shown(day, promised), _shown(day, _walk_in(self.doors, day))
        for index, (at, _) in enumerate(_minutes(day)):
            if index in answered:
                continue
            wanted = {
                GapReason.PROMISE: index in promise,
                GapReason.OPEN_DOOR: index in door,
                GapReason.CALLBACK: any(s.starts <= at < s.ends for s in self.callbacks),
            }
            if any(wanted.values()):
                yield at, frozenset(reason for reason, is_on in wanted.items() if is_on)


def _hours(shifts: tuple[Shift, ...]) -> RosterHours:
    return RosterHours(LineHours(), shifts)


@cache
def _minutes(day: date) -> tuple[tuple[datetime, int], ...]:
    """Return every real minute of a day in Norway, and what the clock on the wall shows then."""
    at = datetime.combine(day, time(), OSLO).astimezone(UTC)
    found = []
    while (local := at.astimezone(OSLO)).date() == day:
        found.append((at, local.hour * 60 + local.minute))
        at += MINUTE
    return tuple(found)


def _on_duty(shifts: Iterable[Shift], day: date) -> set[int]:
    weekly, absent, extra = set[int](), set[int](), set[int]()
    for shift in shifts:
        if not (shift.first <= day and (shift.last is None or day <= shift.last)):
            continue
        minutes = range(shift.interval.opens, shift.interval.closes)
        if shift.kind is ShiftKind.ABSENT:
            absent.update(minutes)
        elif shift.kind is ShiftKind.EXTRA:
            extra.update(minutes)
        elif shift.weekday == day.weekday() and (shift.covers_holidays or day not in FREE):
            weekly.update(minutes)
    return (weekly - absent) | extra


def _walk_in(doors: Iterable[OpeningEntry], day: date) -> set[int]:
    dated = [entry for entry in doors if entry.on_date == day]
    usual = [entry for entry in doors if entry.weekday == day.weekday() and day not in FREE]
    here = dated or usual
    if any(entry.kind is OpeningKind.CLOSED for entry in here):
        return set()
    return {
        minute
        for entry in here
        if entry.interval and entry.kind is OpeningKind.WALK_IN
        for minute in range(entry.interval.opens, entry.interval.closes)
    }


def _shown(day: date, minutes: Iterable[int]) -> set[int]:
    """Return which of the day's real minutes a set of minutes of the wall clock means.

    An unbroken stretch lasts from the first time the wall shows its beginning to the last time
    it shows its end: an hour that comes twice is in it both times.
    """
    walls = [wall for _, wall in _minutes(day)]
    meant = set[int]()
    for _, run in groupby(enumerate(sorted(set(minutes))), lambda pair: pair[1] - pair[0]):
        stretch = [minute for _, minute in run]
        begins = next((i for i, wall in enumerate(walls) if wall >= stretch[0]), len(walls))
        closing = [i for i, wall in enumerate(walls) if wall == stretch[-1] + 1]
        before = [i + 1 for i, wall in enumerate(walls) if wall <= stretch[-1]]
        meant.update(range(begins, max(closing or before, default=0)))
    return meant


def weekly(weekday: int, opens: int, closes: int, **more: object) -> Shift:
    """Return a weekly shift from the beginning of 2024, unless told otherwise."""
    first = date(2024, 1, 1)
    return Shift(
        ShiftKind.WEEKLY,
        **({"first": first} | more),
        weekday=weekday,
        interval=Interval(opens, closes),
    )


def on_date(kind: ShiftKind, first: date, last: date, opens: int = 0, closes: int = 1440) -> Shift:
    """Return an absence or a single date."""
    return Shift(kind, first, last, None, Interval(opens, closes))


def door(weekday: int, opens: int, closes: int) -> OpeningEntry:
    """Return a weekday's hours for people who walk in."""
    return OpeningEntry(OpeningKind.WALK_IN, weekday, interval=Interval(opens, closes))
