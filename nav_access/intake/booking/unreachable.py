"""What becomes of a booked call when the person asks not to be rung any more."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.appointments import queries, service
from nav_access.appointments.codes import BookingKind, CancelledBy, Purpose
from nav_access.core.security.keyring import Keyring
from nav_access.intake.booking import messages
from nav_access.intake.booking.ends import describe
from nav_access.intake.booking.steps import Turn, add_event, promise_anew
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import Greeting, greeting
from nav_access.intake.wishes import find_wishes


def cancel_calls_of_unrung(
    session: Session, case: Case, *, keyring: Keyring, now: datetime
) -> None:
    """Cancel the times at which a person was to be rung who must not be rung now.

    The case waits on, its promise counted from now; a meeting at the office stands.
    """
    wishes = find_wishes(session, case.id, now)
    if wishes is None or Greeting.DO_NOT_RING not in greeting(wishes):
        return
    for purpose in Purpose:
        booked = queries.find_open_booking(session, case.id, purpose, now=now)
        if booked is not None and booked.kind is not BookingKind.OFFICE:
            _cancel(Turn(session, case, keyring, now), purpose)


def _cancel(turn: Turn, purpose: Purpose) -> None:
    gone = service.cancel(turn.session, turn.case.id, purpose, CancelledBy.PERSON, now=turn.now)
    detail = describe(gone) | {"by": str(CancelledBy.PERSON)}
    if turn.case.status is CaseStatus.WAITING:
        detail |= {"deadline": promise_anew(turn).isoformat()}
    add_event(turn, EventKind.BOOKING_CANCELLED, detail)
    calling.after_booking_ended(turn.session, turn.case, keyring=turn.keyring, now=turn.now)
    messages.tell_cancelled(turn.session, gone, now=turn.now)
