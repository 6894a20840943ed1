"""What an event means for the times a case has booked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from nav_access.appointments.codes import CancelledBy, Purpose
from nav_access.appointments.service import cancel_all, settle_call
from nav_access.intake.booking.messages import forget_booking, tell_cancelled
from nav_access.intake.codes import ContactOutcome, EventKind


def settle_bookings(
    session: Session, case_id: int, kind: EventKind, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Settle a booked call that was tried, and free the times nobody will come to.

    Whoever takes the request back comes to none; whoever goes to another office not to a
    meeting at the first one. A call stays at the time the person chose, whoever rings.
    """
    if kind is EventKind.WITHDRAWN:
        for gone in cancel_all(session, case_id, CancelledBy.PERSON, now=now):
            forget_booking(session, gone)
    if kind is EventKind.OFFICE_CHOSEN:
        meetings = {Purpose.MEETING}
        for gone in cancel_all(session, case_id, CancelledBy.PERSON, purposes=meetings, now=now):
            tell_cancelled(session, gone, now=now)
    if kind is EventKind.OFFICE_ACCEPTED:
        meetings = {Purpose.MEETING}
        for gone in cancel_all(session, case_id, CancelledBy.OFFICE, purposes=meetings, now=now):
            tell_cancelled(session, gone, now=now)
    if kind is EventKind.CONTACT_LOGGED:
        is_answered = detail["outcome"] == ContactOutcome.ANSWERED
        settle_call(session, case_id, is_answered=is_answered, now=now)
