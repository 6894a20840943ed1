"""Taking an office out of use: never while somebody waits for an answer there."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case
from nav_access.intake.sides.access import is_open
from nav_access.intake.sides.models import Offer
from nav_access.offices.holding import take_office
from nav_access.offices.keeping import own

OPEN = (CaseStatus.WAITING, CaseStatus.ANSWERED)


class OfficeHasOpenCases(Exception):
    """People's cases at the office, or offered to it, are not closed; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def count_open_cases(session: Session, office_id: int) -> int:
    """Return how many cases an office has, or is offered, that are not closed: a number alone."""
    offered = select(Offer.case_id).where(Offer.to_office_id == office_id, is_open())
    mine = or_(Case.office_id == office_id, Case.id.in_(offered)), Case.status.in_(OPEN)
    is_there = Case.wrapped_key.is_not(None)
    return session.scalar(select(func.count()).select_from(Case).where(*mine, is_there)) or 0


def check_removable(session: Session, office_id: int) -> None:
    """Raise why an office cannot be removed now: OfficeHasOpenCases, or as the offices' room."""
    own.check_removable(session, office_id)
    count = count_open_cases(session, office_id)
    if count:
        raise OfficeHasOpenCases(count)


def remove_office(session: Session, office_id: int, *, actor: str, now: datetime) -> None:
    """Show an office to nobody any more; raises as `check_removable`.

    Taken before anything is counted: what somebody gives to it meanwhile is counted, or goes
    elsewhere.
    """
    take_office(session, office_id)
    check_removable(session, office_id)
    own.close_office(session, office_id, actor=actor, now=now)
