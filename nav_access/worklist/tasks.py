"""What an office has to do now: calls whose time has come, what a named person does, late promises.

Codes alone, no name and no phone of the person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep, Fallback, PlanState
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.intake.calling.escalations import works_at_centre
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST = 200


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call that is planned for this moment, or was and nobody rang."""

    number: str
    urgency: int
    until_utc: datetime
    is_booked: bool
    language: str
    spoken_language: str | None
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class FallbackTask:
    """What a named colleague does because ringing was not enough."""

    number: str
    urgency: int
    fallback: Fallback | None
    since_utc: datetime
    staff_id: int | None
    staff_name: str | None


@dataclass(frozen=True, slots=True)
class LatePromise:
    """A promise that ran out, and who has been told of it."""

    number: str
    urgency: int
    deadline_utc: datetime
    step: EscalationStep


def list_due_calls(session: Session, who: Who, now: datetime) -> tuple[DueCall, ...]:
    """Return the calls of the reader's offices whose planned time has begun, soonest over first."""
    rows = session.execute(
        select(
            Case.number,
            Case.urgency,
            CallPlan.until_utc,
            CallPlan.is_booked,
            Case.language,
            Reaching.spoken_language,
            Reaching.needs_interpreter,
        )
        .join(CallPlan, CallPlan.case_id == Case.id)
        .join(Reaching, Reaching.case_id == Case.id)
        .where(_is_theirs(who), CallPlan.state == PlanState.PLANNED, CallPlan.from_utc <= now)
        .order_by(CallPlan.until_utc, Case.urgency, Case.id)
        .limit(MOST)
    )
    return tuple(DueCall(*row) for row in rows)


def list_fallbacks(session: Session, who: Who) -> tuple[FallbackTask, ...]:
    """Return what is left to do in another way at the reader's offices, or is theirs elsewhere."""
    is_named = CallPlan.fallback_staff_id == who.staff_id
    rows = session.execute(
        select(
            Case.number,
            Case.urgency,
            CallPlan.fallback,
            CallPlan.from_utc,
            CallPlan.fallback_staff_id,
            StaffMember.name,
        )
        .join(CallPlan, CallPlan.case_id == Case.id)
        .outerjoin(StaffMember, StaffMember.id == CallPlan.fallback_staff_id)
        .where(
            or_(
                _is_theirs(who),
                and_(_IS_OPEN, is_named, works_at_centre(who), not_(is_hidden_from(who))),
            )
        )
        .where(CallPlan.state == PlanState.FALLBACK)
        .order_by(is_named.desc(), Case.urgency, CallPlan.from_utc, Case.id)
        .limit(MOST)
    )
    return tuple(FallbackTask(*row) for row in rows)


def list_late(session: Session, who: Who) -> Sequence[LatePromise]:
    """Return the promises of the reader's offices that ran out and were told of."""
    is_present = and_(Escalation.case_id == Case.id, Escalation.deadline_utc == Case.deadline_utc)
    rows = session.execute(
        select(Case.number, Case.urgency, Case.deadline_utc, Escalation.step)
        .join(Escalation, is_present)
        .where(_is_theirs(who), Case.status == CaseStatus.WAITING)
        .order_by(Case.urgency, Case.deadline_utc, Case.id)
        .limit(MOST)
    )
    return tuple(LatePromise(*row) for row in rows)


_IS_OPEN = and_(
    Case.status.in_([CaseStatus.WAITING, CaseStatus.ANSWERED]), Case.wrapped_key.is_not(None)
)


def _is_theirs(who: Who) -> ColumnElement[bool]:
    return and_(Case.office_id.in_(who.office_ids), not_(is_hidden_from(who)), _IS_OPEN)
