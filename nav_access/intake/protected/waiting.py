"""What waits past its time and only those with the role may read: a number for the manager."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.models import Escalation
from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.intake.sides.access import is_open
from nav_access.intake.sides.models import Offer
from nav_access.staff.rules import Who

_TOLD = (EscalationStep.MANAGER, EscalationStep.CONTACT_CENTRE)
_IS_OPEN = and_(
    Case.status.in_([CaseStatus.WAITING, CaseStatus.ANSWERED]), Case.wrapped_key.is_not(None)
)


def count_late(session: Session, who: Who) -> int:
    """Return how many protected cases this manager would be told of, could they know of them.

    A message nobody has read, a promise that ran out, an offer nobody answered. They are told
    that something waits, so that they can ask those with the role; of what, they are not.
    """
    offices = who.managed_office_ids
    if not offices:
        return 0
    here = and_(Case.office_id.in_(offices), or_(_has_unread(), _is_overdue()))
    is_late = or_(here, _is_unanswered_at(who))
    hidden = is_hidden_from(who), _IS_OPEN
    return session.scalar(select(func.count()).select_from(Case).where(*hidden, is_late)) or 0


def _has_unread() -> ColumnElement[bool]:
    return exists().where(
        CentreMessage.case_id == Case.id,
        CentreMessage.acknowledged_utc.is_(None),
        CentreMessage.step.in_(_TOLD),
    )


def _is_overdue() -> ColumnElement[bool]:
    of_promise = and_(Escalation.case_id == Case.id, Escalation.deadline_utc == Case.deadline_utc)
    is_waiting = Case.status == CaseStatus.WAITING
    return and_(is_waiting, exists().where(of_promise, Escalation.step.in_(_TOLD)))


def _is_unanswered_at(who: Who) -> ColumnElement[bool]:
    return exists().where(
        Offer.case_id == Case.id,
        Offer.to_office_id.in_(who.managed_office_ids),
        Offer.told_utc.is_not(None),
        is_open(),
    )
