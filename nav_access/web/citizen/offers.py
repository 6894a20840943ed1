"""What an office can offer now: its free times, a call today, a room of one's own."""

from dataclasses import dataclass
from datetime import date, datetime

from nav_access.appointments import queries
from nav_access.appointments.codes import BookingKind
from nav_access.appointments.errors import SlotTaken
from nav_access.appointments.queries import BookedTime, FreeTime
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.rules import promise_today
from nav_access.offices.cards import OfficeCard

MOST_READ = 400
"""Times read at once: weeks of an office's capacity."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an office can offer now, in instants."""

    free: tuple[FreeTime, ...] = ()
    any_today_until: datetime | None = None
    has_private_room: bool = False
    since: date | None = None
    is_nearest: bool = False
    """Not the whole list: those nearest to a time that was just taken."""

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to choose."""
        return not self.free and self.any_today_until is None


def look_up_offer(
    session: Session,
    office: OfficeCard,
    choice: BookingChoice,
    *,
    now: datetime,
    since: date | None = None,
    taken: SlotTaken | None = None,
    moved: BookedTime | None = None,
) -> Offer:
    """Return what may be chosen at an office; near a time just taken when one is given.

    `moved`: a booking for which another time is looked for.
    """
    near = taken if taken and taken.office_id == office.id else None
    return Offer(
        free=_list_times(session, office.id, choice, now, near, moved),
        any_today_until=_any_today_until(office, now) if is_call(choice) else None,
        has_private_room=not is_call(choice) and _has_private_room(session, office, now),
        since=since,
        is_nearest=near is not None,
    )


def _list_times(
    session: Session,
    office_id: int,
    choice: BookingChoice,
    now: datetime,
    near: SlotTaken | None,
    moved: BookedTime | None,
) -> tuple[FreeTime, ...]:
    if near:
        return queries.list_nearest(
            session,
            office_id,
            choice.kind,
            near.starts_utc,
            with_interpreter=choice.with_interpreter,
            in_private_room=choice.in_private_room,
            moved=moved,
            now=now,
        )
    return queries.list_free_times(
        session,
        office_id,
        choice.kind,
        with_interpreter=choice.with_interpreter,
        in_private_room=choice.in_private_room,
        moved=moved,
        now=now,
        limit=MOST_READ,
    )


def is_call(choice: BookingChoice) -> bool:
    """Say whether the office rings within the time, which it can do at any time of a day."""
    return choice.kind is BookingKind.CALLBACK


def _any_today_until(office: OfficeCard, now: datetime) -> datetime | None:
    """Return when today's staffed time ends; None when too little of it is left to promise."""
    until = promise_today(office.hours, now)
    return until if to_oslo(until).date() == to_oslo(now).date() else None


def _has_private_room(session: Session, office: OfficeCard, now: datetime) -> bool:
    kind = BookingKind.OFFICE
    some = queries.list_free_times(session, office.id, kind, in_private_room=True, now=now, limit=1)
    return bool(some)
