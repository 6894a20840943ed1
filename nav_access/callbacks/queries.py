"""Reading plans for ringing, and who at an office can be named for what is left to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, literal_column, or_, select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import Fallback, PlanState
from nav_access.callbacks.models import CallPlan
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership, StaffMember

BATCH = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan for ringing one case's person. The window is half-open, in UTC.

    `fallback` and who is named for it only in the state FALLBACK; `is_late` once a planned
    time passed without anybody trying.
    """

    case_id: int
    state: PlanState
    from_utc: datetime
    until_utc: datetime
    attempt: int
    is_booked: bool
    times_late: int
    fallback: Fallback | None
    fallback_staff_id: int | None
    fallback_staff_name: str | None
    version: int

    @property
    def is_late(self) -> bool:
        """Whether a planned time has passed without anybody trying."""
        return self.times_late > 0 and self.state is PlanState.PLANNED


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who can be named for a task, and whether they work at the case's own office."""

    staff_id: int
    is_of_office: bool


_PLANS = select(CallPlan, StaffMember.name).outerjoin(
    StaffMember, StaffMember.id == CallPlan.fallback_staff_id
)


def find_plan(session: Session, case_id: int) -> Plan | None:
    """Return the plan for a case's person, or None when there never was one."""
    return find_plans(session, [case_id]).get(case_id)


def find_plans(session: Session, case_ids: Collection[int]) -> dict[int, Plan]:
    """Return the plans of those cases that have one, by case."""
    # Another process may have changed a row this session read before.
    found = session.execute(
        _PLANS.where(CallPlan.case_id.in_(case_ids)).execution_options(populate_existing=True)
    )
    return {plan.case_id: _read(plan, name) for plan, name in found}


def is_in(state: PlanState) -> ColumnElement[bool]:
    """Return the condition that a plan is in a state, written out: a bound one hides indexes."""
    return CallPlan.state == literal_column(f"'{state.value}'")


def list_late(session: Session, now: datetime) -> Sequence[int]:
    """Return the cases whose planned time has passed, the oldest first; at most BATCH."""
    return session.scalars(
        select(CallPlan.case_id)
        .where(is_in(PlanState.PLANNED), CallPlan.until_utc <= now)
        .order_by(CallPlan.until_utc, CallPlan.case_id)
        .limit(BATCH)
    ).all()


def list_unnamed(session: Session, _now: datetime) -> Sequence[int]:
    """Return the cases whose fallback lies with nobody who may sign in; at most BATCH."""
    return session.scalars(
        select(CallPlan.case_id)
        .outerjoin(StaffMember, StaffMember.id == CallPlan.fallback_staff_id)
        .where(is_in(PlanState.FALLBACK))
        .where(or_(CallPlan.fallback_staff_id.is_(None), StaffMember.is_disabled))
        .order_by(CallPlan.fallback_staff_id, CallPlan.case_id)
        .limit(BATCH)
    ).all()


def find_responsible(
    session: Session, office_id: int, claimed_by: int | None, *, is_protected: bool = False
) -> Named | None:
    """Return whom a task of an office falls to: who has the case, a manager, any colleague.

    An office without anybody leaves it to the contact centre. A protected person's falls to
    those alone who see them, or who has the case. None: nobody works anywhere.
    """
    statement = _responsible(office_id, claimed_by)
    if is_protected:
        has_case = and_(Membership.office_id == office_id, StaffMember.id == (claimed_by or 0))
        statement = statement.where(or_(Membership.sees_protected.is_(True), has_case))
    found = session.execute(statement).first()
    return Named(found.staff_id, found.office_id == office_id) if found else None


def _responsible(office_id: int, claimed_by: int | None) -> Select[*tuple[int, int]]:
    centres = select(Office.id).where(Office.kind == OfficeKind.CONTACT_CENTRE)
    is_of_office = Membership.office_id == office_id
    has_case = StaffMember.id == (claimed_by or 0)
    return (
        select(Membership.staff_id, Membership.office_id)
        .join(StaffMember, StaffMember.id == Membership.staff_id)
        .where(or_(is_of_office, Membership.office_id.in_(centres)))
        .where(StaffMember.is_disabled.is_(False))
        .order_by(
            _first(is_of_office),
            _first(has_case),
            _first(Membership.role == StaffRole.MANAGER),
            StaffMember.name,
            StaffMember.id,
        )
        .limit(1)
    )


def _first(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 0), else_=1)


def _read(plan: CallPlan, name: str | None) -> Plan:
    return Plan(
        case_id=plan.case_id,
        state=plan.state,
        from_utc=plan.from_utc,
        until_utc=plan.until_utc,
        attempt=plan.attempt,
        is_booked=plan.is_booked,
        times_late=plan.times_late,
        fallback=plan.fallback,
        fallback_staff_id=plan.fallback_staff_id,
        fallback_staff_name=name,
        version=plan.version,
    )
