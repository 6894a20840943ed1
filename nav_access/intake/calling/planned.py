"""Planned times that cannot be kept as things are now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.callbacks import rules
from nav_access.callbacks.codes import PlanState
from nav_access.callbacks.models import CallPlan
from nav_access.callbacks.queries import is_in
from nav_access.intake.models import Case, Reaching
from nav_access.offices.cards import get_card
from nav_access.offices.spans import Span


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
