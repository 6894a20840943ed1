"""Offers of protected persons' cases that nobody they were made to may see: they end by themselves.

The sender has the case all the while; an offer nobody can answer would only keep it waiting.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, exists, select, update
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.sides.access import is_open
from nav_access.intake.sides.codes import OfferState
from nav_access.intake.sides.models import Offer
from nav_access.staff.models import Membership, StaffMember

UNSEEN = "unseen"
"""In an event's detail: the offers ended because nobody there sees protected persons."""


def end_unseen(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> int:
    """End a protected case's offers to offices where nobody may see it; return how many.

    The caller holds the case until the commit.
    """
    if not case.is_protected:
        return 0
    ending = (
        update(Offer)
        .where(Offer.case_id == case.id, is_open(), Offer.to_office_id != case.office_id)
        .where(~_has_keeper())
        .values(state=OfferState.ENDED, settled_seq=case.version + 1, settled_utc=now)
        .execution_options(synchronize_session=False)
    )
    ended = cast("CursorResult[Any]", session.execute(ending)).rowcount
    if ended:
        detail = {"count": ended, UNSEEN: True}
        event = NewEvent(EventKind.HANDOVER_ENDED, SYSTEM, detail)
        append(session, case, event, seen=case.version, keyring=keyring, now=now)
    return ended


def may_be_seen_at(session: Session, case: Case, office_id: int) -> bool:
    """Say whether anybody at an office may see a case that is offered to it."""
    keeper = select(Membership.id).where(Membership.office_id == office_id, *_IS_KEEPER)
    return not case.is_protected or session.scalar(keeper.limit(1)) is not None


_IS_KEEPER = (
    Membership.sees_protected.is_(True),
    StaffMember.id == Membership.staff_id,
    StaffMember.is_disabled.is_(False),
)


def _has_keeper() -> ColumnElement[bool]:
    return exists().where(Membership.office_id == Offer.to_office_id, *_IS_KEEPER)
