"""Offers nobody answered in time: told to the manager of those they were made to, once each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.callbacks.queries import BATCH
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.sides.access import is_open
from nav_access.intake.sides.models import Offer
from nav_access.intake.sides.service import find_due
from nav_access.intake.sides.unseen import end_unseen


def list_unanswered(session: Session, now: datetime) -> Sequence[int]:
    """Return the cases with an open offer that is due to be told of; at most BATCH."""
    found = (
        select(Offer.case_id)
        .where(is_open(), Offer.due_utc <= now, Offer.told_utc.is_(None))
        .order_by(Offer.case_id)
        .distinct()
        .limit(BATCH)
    )
    return session.scalars(found).all()


def tell_unanswered(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> int:
    """Tell of a case's offers that are due; return how many. The caller holds the case.

    Those that nobody there may see any more end instead, and count as told of.
    """
    ended = end_unseen(session, case, keyring=keyring, now=now)
    due = select(Offer).where(Offer.case_id == case.id, is_open(), Offer.told_utc.is_(None))
    offers = session.scalars(due.where(Offer.due_utc <= now).order_by(Offer.id)).all()
    return ended + sum(_tell(session, case, offer, keyring, now) for offer in offers)


def _tell(session: Session, case: Case, offer: Offer, keyring: Keyring, now: datetime) -> bool:
    """Tell of one offer, unless the receiver's hours have changed and it is due later now."""
    due = find_due(session, offer.to_office_id, offer.made_utc)
    values = {"told_utc": now} if due <= now else {"due_utc": due}
    noting = (
        update(Offer)
        .where(Offer.id == offer.id, is_open(), Offer.told_utc.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    is_ours = cast("CursorResult[Any]", session.execute(noting)).rowcount == 1
    if due > now or not is_ours:
        return False
    needs = [offer.need] if offer.need else []
    detail = {"needs": needs, "to_side": str(offer.to_side) if offer.to_side else None}
    event = NewEvent(EventKind.HANDOVER_LATE, SYSTEM, detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    return True
