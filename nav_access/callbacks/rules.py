"""Pure decisions on ringing: when the next attempt is, when ringing has been enough."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from nav_access.callbacks.codes import Fallback, TimeOfDay
from nav_access.core.clock import to_oslo
from nav_access.offices.spans import MINUTES_A_DAY, Interval, Span, spans_of

PARTS = {
    TimeOfDay.MORNING: Interval(0, 11 * 60),
    TimeOfDay.MIDDAY: Interval(11 * 60, 13 * 60),
    TimeOfDay.AFTERNOON: Interval(13 * 60, MINUTES_A_DAY),
}
"""The parts of a day, in local minutes: together they are the whole of it."""

HORIZON_DAYS = 14
"""How far ahead a common time of the person and the office is looked for."""

NEAR = timedelta(days=2)
"""How much longer a person waits so that another part of the day is tried."""

PAUSE = timedelta(hours=1)
"""The least time between two attempts nobody answered: nobody wants to be hunted."""

SHORTEST = timedelta(minutes=15)
"""With less than this left of a part of the day, it is no time that can be promised."""

BUSY_PAUSE = timedelta(minutes=15)
BUSY_WINDOW = timedelta(minutes=45)
BUSY_AGAIN = 2
"""How often somebody is rung soon again on one day because the line was busy."""

MOST_LATE = 3
"""Planned times that passed without anybody ringing, before a named person gets the task."""

_WHOLE = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Staffing(Protocol):
    """When somebody works at an office."""

    def intervals_on(self, day: date) -> tuple[Interval, ...]: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that did not reach the person; a busy line says that somebody is there."""

    at_utc: datetime
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """How an office rings, and how long it may be late before others are told.

    `attempts` on at least `days` different days, then `fallback`. Minutes are staffed ones,
    counted from the promise that ran out.
    """

    attempts: int = 3
    days: int = 2
    fallback: Fallback = Fallback.LETTER
    manager_after_minutes: int = 60
    contact_centre_after_minutes: int = 360


@dataclass(frozen=True, slots=True)
class Window:
    """When the next attempt is, half-open, in UTC; `attempt` counts from 1."""

    from_utc: datetime
    until_utc: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class _Chance:
    """A stretch of staffed time in one part of one day, as the person wishes."""

    day: date
    part: TimeOfDay
    span: Span


def plan_next(
    attempts: Sequence[Attempt],
    best_time: TimeOfDay,
    hours: Staffing,
    policy: Policy,
    now: datetime,
    *,
    promise: datetime | None = None,
) -> Window | Fallback:
    """Return when to try next, or what to do when trying has been enough.

    `attempts` are those in vain since the person was last heard from, oldest first. The
    time is staffed, as the person wishes and never earlier than `now`; before the `promise` runs
    out where such a time is left, be it a try more on the same day. When wishes and
    staffing share no time within HORIZON_DAYS it is the fallback too: nobody is rung
    outside their wishes.
    """
    tries = count_tries(attempts)
    soon = _find_soon(attempts, best_time, hours, now)
    if soon is not None:
        return Window(soon.starts, soon.ends, len(tries))
    if is_enough(tries, policy):
        return policy.fallback
    chances = list(_list_chances(attempts, best_time, hours, now))
    ahead = _list_before(chances, promise)
    chosen = (
        _choose(tries, ahead, policy)
        or _choose(tries, ahead, None)
        or _choose(tries, chances, policy)
    )
    if chosen is None:
        return policy.fallback
    return Window(chosen.span.starts, chosen.span.ends, len(tries) + 1)


def count_tries(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Return the attempts that count: a busy line and what follows that day are one."""
    tries: list[Attempt] = []
    for attempt in attempts:
        if tries and tries[-1].is_busy and _day(tries[-1]) == _day(attempt):
            tries[-1] = attempt
        else:
            tries.append(attempt)
    return tuple(tries)


def fits(window: Span, best_time: TimeOfDay, hours: Staffing) -> bool:
    """Say whether a time is still staffed throughout, and as the person wishes."""
    day = to_oslo(window.starts).date()
    return any(
        chance.span.starts <= window.starts and window.ends <= chance.span.ends
        for chance in _list_chances_on(day, best_time, hours)
    )


def part_of(at: datetime) -> TimeOfDay:
    """Return which part of the local day an instant is in."""
    local = to_oslo(at)
    minute = local.hour * 60 + local.minute
    return next(part for part, span in PARTS.items() if span.opens <= minute < span.closes)


def is_enough(attempts: Sequence[Attempt], policy: Policy) -> bool:
    """Say whether an office has tried as often, and on as many days, as its policy says."""
    tries = count_tries(attempts)
    return len(tries) >= policy.attempts and len(_days(tries)) >= policy.days


def _list_before(chances: Sequence[_Chance], promise: datetime | None) -> list[_Chance]:
    """Return what of the chances comes before the promise runs out."""
    if promise is None:
        return []
    cut = (
        replace(each, span=Span(each.span.starts, min(each.span.ends, promise))) for each in chances
    )
    return [each for each in cut if each.span.ends - each.span.starts >= SHORTEST]


def _choose(
    tries: Sequence[Attempt], chances: Sequence[_Chance], policy: Policy | None
) -> _Chance | None:
    """Return the part of the day least tried among the chances near in time.

    With a `policy`, on a new day when there would not be enough of them otherwise.
    """
    days = _days(tries)
    if policy and policy.days - len(days) >= max(policy.attempts - len(tries), 1):
        chances = [chance for chance in chances if chance.day not in days]
    if not chances:
        return None
    tried = Counter(part_of(attempt.at_utc) for attempt in tries)
    near = [each for each in chances if each.span.starts <= chances[0].span.starts + NEAR]
    return min(near, key=lambda chance: (tried[chance.part], chance.span.starts))


def _list_chances(
    attempts: Sequence[Attempt], best_time: TimeOfDay, hours: Staffing, now: datetime
) -> Iterator[_Chance]:
    """Yield what is left of each part of a day in which nobody has tried yet, in order."""
    used = {(_day(attempt), part_of(attempt.at_utc)) for attempt in attempts}
    earliest = max([now, *(attempt.at_utc + PAUSE for attempt in attempts[-1:])])
    today = to_oslo(now).date()
    for ahead in range(HORIZON_DAYS + 1):
        for chance in _list_chances_on(today + timedelta(days=ahead), best_time, hours):
            left = _cut(chance.span, earliest)
            if left is not None and (chance.day, chance.part) not in used:
                yield _Chance(chance.day, chance.part, left)


def _list_chances_on(day: date, best_time: TimeOfDay, hours: Staffing) -> Iterator[_Chance]:
    for part, whole in PARTS.items():
        if best_time not in (TimeOfDay.ANY, part):
            continue
        common = [
            Interval(max(whole.opens, each.opens), min(whole.closes, each.closes))
            for each in hours.intervals_on(day)
            if max(whole.opens, each.opens) < min(whole.closes, each.closes)
        ]
        yield from (_Chance(day, part, span) for span in spans_of(day, common))


def _find_soon(
    attempts: Sequence[Attempt], best_time: TimeOfDay, hours: Staffing, now: datetime
) -> Span | None:
    """Return when to ring again soon, the same day, because the line was busy."""
    if not attempts or not attempts[-1].is_busy:
        return None
    today = to_oslo(now).date()
    busy = [each for each in attempts if each.is_busy and _day(each) == today]
    if _day(attempts[-1]) != today or len(busy) > BUSY_AGAIN:
        return None
    earliest = max(now, attempts[-1].at_utc + BUSY_PAUSE)
    chances = _list_chances_on(today, best_time, hours)
    left = (_cut(chance.span, earliest, BUSY_WINDOW) for chance in chances)
    return next((span for span in left if span is not None), None)


def _cut(span: Span, earliest: datetime, most: timedelta | None = None) -> Span | None:
    """Return what is left of a span from an instant on, when that is worth promising."""
    starts = max(span.starts, _round_up(earliest))
    ends = min(span.ends, starts + most) if most else span.ends
    return Span(starts, ends) if ends - starts >= SHORTEST else None


def _round_up(at: datetime) -> datetime:
    """Return the next whole five minutes: «between 10:05 and 11:00»."""
    return at + -(at - _EPOCH) % _WHOLE


def _day(attempt: Attempt) -> date:
    return to_oslo(attempt.at_utc).date()


def _days(attempts: Sequence[Attempt]) -> frozenset[date]:
    return frozenset(_day(attempt) for attempt in attempts)
