"""What waits in a case and comes to nothing when it is erased."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import CancelledBy
from nav_access.appointments.models import Booking
from nav_access.appointments.service import cancel_all
from nav_access.callbacks.service import end_plan
from nav_access.intake.acting.models import Consent
from nav_access.intake.sides.codes import OfferState
from nav_access.intake.sides.models import Offer
from nav_access.kiosk.models import CheckIn
from nav_access.messaging.service import withhold_all


def stop_what_waits(session: Session, case_id: int, now: datetime) -> None:
    """Send nothing more, ring no more, give seats back, and let nobody act for the person.

    A ticket somebody waits with stays in its line, for it is a number only; whose it is goes.
    """
    withhold_all(session, case_id)
    cancel_all(session, case_id, CancelledBy.OFFICE, now=now)
    end_plan(session, case_id)
    mine = select(Booking.id).where(Booking.case_id == case_id)
    for statement in (
        delete(CheckIn).where(CheckIn.booking_id.in_(mine)),
        update(Consent)
        .where(Consent.case_id == case_id, Consent.ended_utc.is_(None))
        .values(ended_utc=now),
        update(Offer)
        .where(Offer.case_id == case_id, Offer.state == OfferState.OPEN)
        .values(state=OfferState.ENDED, settled_utc=now),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
