"""What the holder of a case sees of its times: what is booked, and what was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingState, Purpose
from nav_access.appointments.queries import BookedTime, list_bookings_of
from nav_access.intake.models import Case


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """The times of one case. `bookings` are all it has had, the latest first."""

    bookings: tuple[BookedTime, ...] = ()

    @property
    def open(self) -> tuple[BookedTime, ...]:
        """The bookings that stand, the next one first."""
        standing = (one for one in self.bookings if one.state is BookingState.BOOKED)
        return tuple(sorted(standing, key=lambda one: one.starts_utc))

    @property
    def was_missed(self) -> bool:
        """True when the last time was not kept and no other is booked."""
        return not self.open and _is_last(self.bookings, BookingState.NO_SHOW)

    @property
    def gone(self) -> BookedTime | None:
        """The booking that was cancelled last, while its time has not come and none stands."""
        is_gone = not self.open and _is_last(self.bookings, BookingState.CANCELLED)
        return _last(self.bookings) if is_gone else None

    @property
    def has_call(self) -> bool:
        """True when a call is booked."""
        return self.find_open(Purpose.CALLBACK) is not None

    @property
    def has_meeting(self) -> bool:
        """True when a meeting is booked."""
        return self.find_open(Purpose.MEETING) is not None

    def find_open(self, purpose: Purpose) -> BookedTime | None:
        """Return the booking that stands for a purpose."""
        return next((one for one in self.open if one.purpose is purpose), None)

    def find(self, uid: str) -> BookedTime | None:
        """Return the booking a calendar knows by this name, when it is this case's."""
        return next((one for one in self.bookings if one.uid == uid), None)


def get_own_times(session: Session, number: str, *, now: datetime) -> OwnTimes:
    """Return a case's times, none where there is no such case; what is over is not open."""
    case_id = session.scalar(select(Case.id).where(Case.number == number))
    if case_id is None:
        return OwnTimes()
    standing = BookingState.BOOKED
    bookings = (
        one
        for one in list_bookings_of(session, case_id)
        if one.state is not standing or one.ends_utc > now
    )
    return OwnTimes(tuple(bookings))


def _last(bookings: tuple[BookedTime, ...]) -> BookedTime | None:
    return max(bookings, key=lambda one: (one.changed_utc, one.booking_id), default=None)


def _is_last(bookings: tuple[BookedTime, ...], state: BookingState) -> bool:
    last = _last(bookings)
    return last is not None and last.state is state
