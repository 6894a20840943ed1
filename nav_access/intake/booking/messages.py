"""What a person is told of a booking, and reminded of; old reminders go when it changes."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.appointments.queries import BookedTime
from nav_access.appointments.rules import remind_day_before, remind_same_day
from nav_access.intake.messages import tell
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.service import withdraw_queued

REMINDERS = {
    MessageKind.REMINDER_DAY_BEFORE: remind_day_before,
    MessageKind.REMINDER_SAME_DAY: remind_same_day,
}


def tell_booked(session: Session, booking: BookedTime, *, now: datetime) -> None:
    """Confirm a booking, and remind of it the day before and the same day."""
    _tell(session, booking, MessageKind.BOOKED, now, now)
    _remind(session, booking, now)


def tell_moved(session: Session, booking: BookedTime, *, now: datetime) -> None:
    """Confirm the new time, and remind of it instead of the old one."""
    forget_booking(session, booking)
    _tell(session, booking, MessageKind.MOVED, now, now)
    _remind(session, booking, now)


def tell_cancelled(session: Session, booking: BookedTime, *, now: datetime) -> None:
    """Confirm that the time is cancelled, and remind of it no more."""
    forget_booking(session, booking)
    _tell(session, booking, MessageKind.CANCELLED, now, now)


def tell_today(session: Session, case_id: int, deadline: datetime, *, now: datetime) -> None:
    """Confirm that somebody rings before the day is over."""
    detail = {"deadline": deadline.isoformat()}
    once = f"today-{case_id}-{deadline:%Y%m%d}"
    tell(session, case_id, MessageKind.RECEIVED, detail=detail, due_utc=now, now=now, once=once)


def replace_receipt(session: Session, case_id: int) -> None:
    """Keep back the receipt of a request whose booking is told of: one message says both."""
    withdraw_queued(session, case_id, {MessageKind.RECEIVED})


def _remind(session: Session, booking: BookedTime, now: datetime) -> None:
    for kind, decide in REMINDERS.items():
        due = decide(booking.starts_utc, now)
        if due is not None:
            _tell(session, booking, kind, due, now)


def forget_booking(session: Session, booking: BookedTime) -> None:
    """Keep back what has not been said of a booking yet, reminders too."""
    told = {MessageKind.BOOKED, MessageKind.MOVED, *REMINDERS}
    withdraw_queued(session, booking.case_id, told, once_starts=_name(booking))


def _tell(
    session: Session, booking: BookedTime, kind: MessageKind, due: datetime, now: datetime
) -> None:
    detail: dict[str, str | int] = {
        "kind": str(booking.kind),
        "starts": booking.starts_utc.isoformat(),
        "ends": booking.ends_utc.isoformat(),
        "uid": booking.uid,
        "sequence": booking.sequence,
    }
    once = f"{_name(booking)}{booking.sequence}-{kind}"
    tell(session, booking.case_id, kind, detail=detail, due_utc=due, now=now, once=once)


def _name(booking: BookedTime) -> str:
    """Return how the names of all messages about one booking begin."""
    return f"booking-{booking.uid}-"
