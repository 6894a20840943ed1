"""Pure decisions on capacity: which slots a day has, what a booking takes, when reminders go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from nav_access.appointments.codes import BookingKind
from nav_access.core.clock import to_oslo
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.spans import MINUTES_A_DAY, Interval, Span, instant_of

WHOLE_DAY = Interval(0, MINUTES_A_DAY)


@dataclass(frozen=True, slots=True)
class Seats:
    """For how many people there is room at once, and rooms of their own for how many."""

    public: int = 0
    internal: int = 0
    private_rooms: int = 0

    def __add__(self, other: "Seats") -> "Seats":
        return Seats(
            self.public + other.public,
            self.internal + other.internal,
            self.private_rooms + other.private_rooms,
        )

    def least(self, other: "Seats") -> "Seats":
        """Return what both have."""
        return Seats(
            min(self.public, other.public),
            min(self.internal, other.internal),
            min(self.private_rooms, other.private_rooms),
        )

    @property
    def is_any(self) -> bool:
        """Say whether anybody can be taken."""
        return self.public + self.internal > 0


NO_SEATS = Seats()


def interval_of(starts: int | None, ends: int | None) -> Interval:
    """Return the minutes of a day between two, a missing one being the day's own end."""
    return Interval(
        WHOLE_DAY.opens if starts is None else starts, WHOLE_DAY.closes if ends is None else ends
    )


@dataclass(frozen=True, slots=True)
class WeeklyCapacity:
    """Seats on one weekday (0 is Monday), between two dates when they are given."""

    weekday: int
    interval: Interval
    seats: Seats
    valid_from: date | None = None
    valid_to: date | None = None

    def is_on(self, day: date) -> bool:
        """Say whether the rule holds on a date, holidays aside."""
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class DatedChange:
    """What one date has besides, or has not."""

    on_date: date
    is_closure: bool
    interval: Interval = WHOLE_DAY
    seats: Seats = NO_SEATS


@dataclass(frozen=True, slots=True, order=True)
class PlannedSlot:
    """A slot as capacity gives it."""

    starts_utc: datetime
    ends_utc: datetime
    seats: Seats

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it is, which is what it is known by."""
        return self.starts_utc, self.ends_utc


@dataclass(frozen=True, slots=True)
class Terms:
    """How an office books for one purpose; minutes and days."""

    slot_minutes: int
    length_minutes: int
    phone_minutes: int | None = None
    interpreter_minutes: int = 0
    lead_minutes: int = 0
    horizon_days: int = 28
    cool_down_minutes: int = 0

    def slots_needed(self, kind: BookingKind, *, with_interpreter: bool) -> int:
        """Return how many whole slots in a row a booking takes."""
        is_by_phone = kind is BookingKind.PHONE and self.phone_minutes
        minutes = (self.phone_minutes or 0) if is_by_phone else self.length_minutes
        minutes += self.interpreter_minutes if with_interpreter else 0
        return -(-minutes // self.slot_minutes)

    def bookable(self, now: datetime, *, is_internal: bool) -> Span:
        """Return between which instants a booking may begin; staff need no lead time."""
        lead = timedelta() if is_internal else timedelta(minutes=self.lead_minutes)
        last = to_oslo(now).date() + timedelta(days=self.horizon_days)
        return Span(now + lead, instant_of(last, MINUTES_A_DAY, is_last=True))

    def cools_until(self, now: datetime) -> datetime:
        """Return when a seat left now comes back."""
        return now + timedelta(minutes=self.cool_down_minutes)


def plan_day(
    day: date,
    weekly: Iterable[WeeklyCapacity],
    changes: Iterable[DatedChange],
    slot_minutes: int,
) -> tuple[PlannedSlot, ...]:
    """Return the slots of a date, in order.

    Capacity is what the wall clock in Norway says, so an hour that does not exist has none
    and one that is repeated has it twice. A holiday has what is extra on it, nothing else.
    Slots are laid from where the weekly capacity begins, and over extra time beside it from
    where that begins: a closure takes slots away and moves none.
    """
    regular = (
        [] if holiday_on(day) else [(one.interval, one.seats) for one in weekly if one.is_on(day)]
    )
    dated = [one for one in changes if one.on_date == day]
    extra = [(one.interval, one.seats) for one in dated if not one.is_closure]
    closed = [one.interval for one in dated if one.is_closure]
    parts = list(_cut(day, regular, extra, closed))
    runs = groupby(parts, key=attrgetter("run"))
    return tuple(
        slot
        for is_regular, run in runs
        if is_regular is not None
        for slot in _lay(list(run), timedelta(minutes=slot_minutes))
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch with the same capacity throughout; `run` is None where none is planned."""

    span: Span
    run: bool | None
    seats: Seats


_Offer = Sequence[tuple[Interval, Seats]]


def _cut(day: date, regular: _Offer, extra: _Offer, closed: Sequence[Interval]) -> Iterator[_Part]:
    intervals = [*(one for one, _ in (*regular, *extra)), *closed]
    minutes = {minute for one in intervals for minute in (one.opens, one.closes)}
    instants = {
        instant_of(day, minute, is_last=last) for minute in minutes for last in (False, True)
    }
    if instants:
        # In the EU rule all clocks move at 01:00 UTC.
        instants.add(datetime.combine(day, time(1), UTC))
    for starts, ends in pairwise(sorted(instants)):
        wall = to_oslo(starts)
        minute = wall.hour * 60 + wall.minute
        if wall.date() == day:
            yield _part(Span(starts, ends), minute, regular, extra, closed)


def _part(
    span: Span, minute: int, regular: _Offer, extra: _Offer, closed: Sequence[Interval]
) -> _Part:
    usual = _sum(regular, minute)
    seats = usual + _sum(extra, minute)
    run = usual.is_any if seats.is_any else None
    is_closed = any(_has(one, minute) for one in closed)
    return _Part(span, run, NO_SEATS if is_closed else seats)


def _sum(offer: _Offer, minute: int) -> Seats:
    return sum((seats for interval, seats in offer if _has(interval, minute)), NO_SEATS)


def _has(interval: Interval, minute: int) -> bool:
    return interval.opens <= minute < interval.closes


def _lay(parts: Sequence[_Part], step: timedelta) -> Iterator[PlannedSlot]:
    """Lay slots over parts that follow on each other; a slot has what all of it has."""
    starts = parts[0].span.starts
    while (ends := starts + step) <= parts[-1].span.ends:
        inside = [p.seats for p in parts if p.span.starts < ends and starts < p.span.ends]
        seats = inside[0]
        for other in inside[1:]:
            seats = seats.least(other)
        if seats.is_any:
            yield PlannedSlot(starts, ends, seats)
        starts = ends


class _Timed(Protocol):
    @property
    def starts_utc(self) -> datetime: ...
    @property
    def ends_utc(self) -> datetime: ...


Timed = TypeVar("Timed", bound=_Timed)


def find_rows(slots: Sequence[Timed], count: int) -> Iterator[tuple[Timed, ...]]:
    """Yield every `count` slots that follow on each other without a gap; `slots` are in order."""
    for first in range(len(slots) - count + 1):
        row = tuple(slots[first : first + count])
        if all(one.ends_utc == after.starts_utc for one, after in pairwise(row)):
            yield row


DAY_BEFORE_AT = 16 * 60
SAME_DAY_AT = 8 * 60


def remind_day_before(starts: datetime, now: datetime) -> datetime | None:
    """Return when to remind the day before: 16:00 local; None when that has gone by."""
    day = to_oslo(starts).date() - timedelta(days=1)
    at = instant_of(day, DAY_BEFORE_AT, is_last=False)
    return at if at > now else None


def remind_same_day(starts: datetime, now: datetime) -> datetime | None:
    """Return when to remind the same morning: 08:00 local, while that is ahead and before it."""
    at = instant_of(to_oslo(starts).date(), SAME_DAY_AT, is_last=False)
    return at if now < at < starts else None
