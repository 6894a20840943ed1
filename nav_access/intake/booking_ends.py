"""What an event means for the times a case has booked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from nav_access.appointments.codes import CancelledBy
from nav_access.appointments.service import cancel_all, settle_call
from nav_access.intake.codes import ContactOutcome, EventKind


def settle_bookings(
    session: Session, case_id: int, kind: EventKind, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Settle a booked call that was tried, and free the times of a request taken back."""
    if kind is EventKind.WITHDRAWN:
        cancel_all(session, case_id, CancelledBy.PERSON, now=now)
    if kind is EventKind.CONTACT_LOGGED:
        is_answered = detail["outcome"] == ContactOutcome.ANSWERED
        settle_call(session, case_id, is_answered=is_answered, now=now)
