"""Promises that ran out: told to the desk, its manager and the contact centre, one by one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from nav_access.callbacks import escalating, service
from nav_access.callbacks.codes import EscalationStep, Fallback, PlanState
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.queries import BATCH, Plan, find_plans, is_in
from nav_access.core.orm import UtcDateTime
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.offices.cards import get_card
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office
from nav_access.staff.rules import Who

_OF_PRESENT_PROMISE = and_(
    Escalation.case_id == Case.id, Escalation.deadline_utc == Case.deadline_utc
)
# Written out: SQLite does not see that a bound value fits the index of waiting cases.
_IS_WAITING = Case.status == literal_column(f"'{CaseStatus.WAITING.value}'")

_IS_TOLD = and_(_OF_PRESENT_PROMISE, Escalation.step == EscalationStep.CONTACT_CENTRE, _IS_WAITING)
_IS_HANDED = and_(
    CallPlan.case_id == Case.id,
    is_in(PlanState.FALLBACK),
    CallPlan.fallback == Fallback.CONTACT_CENTRE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a queue shows beside a case: the plan for ringing, how far a late promise was told."""

    plan: Plan | None = None
    step: EscalationStep | None = None


@dataclass(frozen=True, slots=True)
class EscalatedCase:
    """A case the contact centre has a task in: enough to find it, no name and no phone."""

    number: str
    office_id: int
    office_name: str
    urgency: int
    deadline_utc: datetime
    told_utc: datetime


def list_overdue(session: Session, now: datetime) -> Sequence[int]:
    """Return the waiting cases whose promise ran out and that have a step to take.

    In the order of the index they are read from.
    """
    is_untold = Escalation.case_id.is_(None)
    statement = (
        select(Case.id)
        .outerjoin(Escalation, _OF_PRESENT_PROMISE)
        .where(_IS_WAITING, Case.deadline_utc <= now, Case.wrapped_key.is_not(None))
        .where(or_(is_untold, Escalation.next_utc <= now))
        .order_by(Case.office_id, Case.urgency, Case.deadline_utc, Case.id)
        .limit(BATCH)
    )
    return session.scalars(statement).all()


def step_up(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> int:
    """Take every step that is due for a case's present promise; return how many.

    The caller holds the case until the commit. Each step is an event, once, whoever else tries.
    """
    if case.status is not CaseStatus.WAITING or case.deadline_utc > now:
        return 0
    before, taken = _find_step(session, case), 0
    due = _find_due(session, case, before)
    while due is not None and due[1] <= now:
        step = due[0]
        due = _find_due(session, case, step)
        if not service.take_step(
            session,
            case.id,
            case.deadline_utc,
            step,
            before=before,
            next_utc=due[1] if due else None,
            now=now,
        ):
            return taken
        _append(session, case, step, keyring, now)
        before, taken = step, taken + 1
    if due is not None and not taken:
        # The office's hours have changed since: it is due later than it was.
        service.put_off_step(session, case.id, case.deadline_utc, due[1])
    return taken


def find_marks(session: Session, case_ids: Collection[int]) -> dict[int, Mark]:
    """Return what a queue shows beside these cases, for those there is something to show of."""
    plans = find_plans(session, case_ids)
    rows = session.execute(
        select(Case.id, Escalation.step)
        .join(Escalation, _OF_PRESENT_PROMISE)
        .where(Case.id.in_(case_ids), _IS_WAITING)
    )
    steps = {row.id: row.step for row in rows}
    return {one: Mark(plans.get(one), steps.get(one)) for one in {*plans, *steps}}


def list_escalated(session: Session, who: Who) -> tuple[EscalatedCase, ...]:
    """Return what the contact centre was told of or handed, the most urgent first; at most BATCH.

    Its staff alone see it, and the case stays with its office.
    """
    return list_left_to_centre(session, and_(works_at_centre(who), not_(is_hidden_from(who))))


def list_left_to_centre(
    session: Session, condition: ColumnElement[bool]
) -> tuple[EscalatedCase, ...]:
    """Return those cases left to the contact centre that meet a condition on `Case`."""
    told_utc = type_coerce(func.coalesce(Escalation.stepped_utc, CallPlan.from_utc), UtcDateTime)
    columns = Case.number, Case.office_id, Office.name, Case.urgency, Case.deadline_utc, told_utc
    told, handed = (
        select(Case.id).join(Escalation, _IS_TOLD),
        select(Case.id).join(CallPlan, _IS_HANDED),
    )
    rows = session.execute(
        select(*columns)
        .join(Office, Office.id == Case.office_id)
        .outerjoin(Escalation, _IS_TOLD)
        .outerjoin(CallPlan, _IS_HANDED)
        .where(Case.id.in_(told.union(handed)))
        .where(Case.wrapped_key.is_not(None), condition)
        .order_by(Case.urgency, Case.deadline_utc, Case.id)
        .limit(BATCH)
    )
    return tuple(EscalatedCase(*row) for row in rows)


def is_left_to_centre() -> ColumnElement[bool]:
    """Return the condition a case meets that the contact centre was told of, or handed."""
    return or_(exists().where(_IS_TOLD), exists().where(_IS_HANDED))


def is_shared_with(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets when somebody outside its office has a task in it.

    They are the one named when ringing did not help, or the contact centre has it to do. Only at
    the centre is anybody named for another office's case: who has left the office sees no more of
    it, whatever they were named for there.
    """
    is_named = exists().where(
        CallPlan.case_id == Case.id,
        CallPlan.state == PlanState.FALLBACK,
        CallPlan.fallback_staff_id == who.staff_id,
    )
    return and_(or_(is_named, is_left_to_centre()), works_at_centre(who))


def works_at_centre(who: Who) -> ColumnElement[bool]:
    """Return the condition that this reader works at a contact centre."""
    is_theirs = Office.id.in_(who.office_ids)
    centre = select(Office.id).where(is_theirs, Office.kind == OfficeKind.CONTACT_CENTRE)
    return centre.correlate(None).exists()


def _find_step(session: Session, case: Case) -> EscalationStep | None:
    of_case = Escalation.case_id == case.id, Escalation.deadline_utc == case.deadline_utc
    return session.scalar(select(Escalation.step).where(*of_case))


def _find_due(
    session: Session, case: Case, step: EscalationStep | None
) -> tuple[EscalationStep, datetime] | None:
    """Return the step after one, and from when it is due; None at the top."""
    following = escalating.find_next(step)
    if following is None:
        return None
    hours, policy = get_card(session, case.office_id).hours, get_policy(session, case.office_id)
    return following, escalating.when_due(following, case.deadline_utc, hours, policy)


def _append(
    session: Session, case: Case, step: EscalationStep, keyring: Keyring, now: datetime
) -> None:
    detail = {"step": str(step), "promise": case.deadline_utc.isoformat()}
    event = NewEvent(EventKind.ESCALATED, SYSTEM, detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
