"""Holding a case for its person until the commit: they always act on the present state."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.codes import CaseStatus
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case


def hold_case(session: Session, number: str, *, may_be_withdrawn: bool = False) -> Case:
    """Return the case, held until the commit; CaseNotFound when unknown, erased or withdrawn."""
    case = session.scalar(select(Case).where(Case.number == number).with_for_update())
    if case is None or case.wrapped_key is None:
        raise CaseNotFound
    if case.status is CaseStatus.WITHDRAWN and not may_be_withdrawn:
        raise CaseNotFound
    return case
