"""What was planned and cannot be kept as things are now: times, and who was named."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from nav_access.callbacks import rules
from nav_access.callbacks.codes import PlanState
from nav_access.callbacks.models import CallPlan
from nav_access.callbacks.queries import BATCH, is_in
from nav_access.intake.models import Case, Reaching
from nav_access.offices.cards import get_card
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office
from nav_access.offices.spans import Span
from nav_access.staff.models import Membership


def list_left(session: Session, _now: datetime) -> Sequence[int]:
    """Return the cases whose fallback lies with somebody who has left the office; at most BATCH.

    Or who may no longer know of it: the case is protected, and its task for those with the role.
    Somebody at a contact centre may be named for any office's case.
    """
    centres = select(Office.id).where(Office.kind == OfficeKind.CONTACT_CENTRE)
    where = or_(Membership.office_id == Case.office_id, Membership.office_id.in_(centres))
    may_know = or_(Case.is_protected.is_(False), Membership.sees_protected.is_(True))
    is_there = exists().where(Membership.staff_id == CallPlan.fallback_staff_id, where, may_know)
    return session.scalars(
        select(CallPlan.case_id)
        .join(Case, Case.id == CallPlan.case_id)
        .where(is_in(PlanState.FALLBACK), CallPlan.fallback_staff_id.is_not(None), ~is_there)
        .order_by(CallPlan.fallback_staff_id, CallPlan.case_id)
        .limit(BATCH)
    ).all()


def list_misplaced(session: Session, now: datetime) -> Sequence[int]:
    """Return the cases whose planned time, chosen by a rule, is not staffed any more."""
    rows = session.execute(
        select(Case.id, Case.office_id, CallPlan.from_utc, CallPlan.until_utc, Reaching.best_time)
        .join(Case, Case.id == CallPlan.case_id)
        .join(Reaching, Reaching.case_id == Case.id)
        .where(is_in(PlanState.PLANNED), CallPlan.is_booked.is_(False))
        .where(CallPlan.until_utc > now)
        .order_by(CallPlan.until_utc, Case.id)
    )
    return [
        case_id
        for case_id, office_id, starts, ends, best_time in rows
        if not rules.fits(Span(starts, ends), best_time, get_card(session, office_id).hours)
    ]
