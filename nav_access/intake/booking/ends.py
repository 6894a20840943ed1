"""What an event means for the times a case has booked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from nav_access.appointments.codes import CancelledBy, Purpose
from nav_access.appointments.queries import BookedTime
from nav_access.appointments.service import cancel_all, settle_call
from nav_access.intake.booking.messages import forget_booking, tell_cancelled
from nav_access.intake.codes import ContactOutcome, EventKind

Detail = dict[str, str | int]

_MEETINGS = frozenset({Purpose.MEETING})
_ENDS = {
    EventKind.WITHDRAWN: (CancelledBy.PERSON, frozenset(Purpose)),
    EventKind.OFFICE_CHOSEN: (CancelledBy.PERSON, _MEETINGS),
    EventKind.OFFICE_ACCEPTED: (CancelledBy.OFFICE, _MEETINGS),
}


def settle_bookings(
    session: Session, case_id: int, kind: EventKind, detail: Mapping[str, Any], *, now: datetime
) -> tuple[Detail, ...]:
    """Settle a booked call that was tried, and free the times nobody will come to.

    Returns what the events about the freed times tell.

    Whoever takes the request back comes to none; whoever goes to another office not to a
    meeting at the first one. A call stays at the time the person chose, whoever rings.
    """
    if kind is EventKind.CONTACT_LOGGED:
        is_answered = detail["outcome"] == ContactOutcome.ANSWERED
        settle_call(session, case_id, is_answered=is_answered, now=now)
    if kind not in _ENDS:
        return ()
    by, purposes = _ENDS[kind]
    lost = cancel_all(session, case_id, by, purposes=purposes, now=now)
    for gone in lost:
        forget_booking(session, gone)
        if kind is not EventKind.WITHDRAWN:
            tell_cancelled(session, gone, now=now)
    return tuple(describe(gone) | {"by": str(by)} for gone in lost)


def describe(booking: BookedTime) -> Detail:
    """Return a booking as an event tells of it."""
    return {
        "kind": str(booking.kind),
        "starts": booking.starts_utc.isoformat(),
        "ends": booking.ends_utc.isoformat(),
        "uid": booking.uid,
    }
