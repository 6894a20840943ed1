"""What an event of the case means for offers that wait for an answer."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from nav_access.intake.codes import EventKind
from nav_access.intake.sides.codes import OfferState
from nav_access.intake.sides.models import Offer

ENDING = frozenset(
    {
        EventKind.CLOSED,
        EventKind.OFFICE_ACCEPTED,
        EventKind.OFFICE_CHOSEN,
        EventKind.WITHDRAWN,
    }
)
"""After these there is nothing left to take over, or not at this office."""


def end_offers(session: Session, case_id: int, kind: EventKind, seq: int, now: datetime) -> int:
    """End a case's open offers where an event leaves nothing to answer; return how many."""
    if kind not in ENDING:
        return 0
    ending = (
        update(Offer)
        .where(Offer.case_id == case_id, Offer.state == OfferState.OPEN)
        .values(state=OfferState.ENDED, settled_seq=seq, settled_utc=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(ending)).rowcount
