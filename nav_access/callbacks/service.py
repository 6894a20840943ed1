"""Writing plans for ringing and steps of escalation: each change once, however many try."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep, Fallback, PlanState
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.callbacks.queries import Plan
from nav_access.callbacks.rules import Window
from nav_access.core.orm import Base, table_of


class PlanChanged(Exception):
    """Somebody else changed the plan meanwhile; nothing was written."""


def plan_call(
    session: Session,
    case_id: int,
    seen: Plan | None,
    window: Window,
    *,
    is_booked: bool = False,
    times_late: int = 0,
) -> None:
    """Plan the next attempt; raises PlanChanged when the plan is not the one `seen`."""
    values = {
        "state": PlanState.PLANNED,
        "from_utc": window.from_utc,
        "until_utc": window.until_utc,
        "attempt": window.attempt,
        "is_booked": is_booked,
        "times_late": times_late,
        "fallback": None,
        "fallback_staff_id": None,
    }
    _store(session, case_id, seen, values)


def fall_back(
    session: Session,
    case_id: int,
    seen: Plan | None,
    fallback: Fallback,
    staff_id: int | None,
    *,
    now: datetime,
) -> None:
    """Stop ringing and name who does the rest; raises PlanChanged as `plan_call` does."""
    values = {
        "state": PlanState.FALLBACK,
        "is_booked": False,
        "times_late": 0,
        "fallback": fallback,
        "fallback_staff_id": staff_id,
    }
    when = {"from_utc": now, "until_utc": now, "attempt": seen.attempt if seen else 0}
    _store(session, case_id, seen, values | when)


def end_plan(session: Session, case_id: int) -> None:
    """Ring no more: somebody answered, or nobody is to be rung. Ending twice changes nothing."""
    session.execute(
        update(CallPlan)
        .where(CallPlan.case_id == case_id, CallPlan.state != PlanState.DONE)
        .values(state=PlanState.DONE, is_booked=False, version=CallPlan.version + 1)
        .execution_options(synchronize_session=False)
    )


def take_step(
    session: Session,
    case_id: int,
    deadline: datetime,
    step: EscalationStep,
    *,
    before: EscalationStep | None,
    next_utc: datetime | None,
    now: datetime,
) -> bool:
    """Note that a promise's next step is taken; False when another process has taken it."""
    values = {"step": step, "stepped_utc": now, "next_utc": next_utc}
    if before is None:
        named = {"case_id": case_id, "deadline_utc": deadline}
        return _insert(session, Escalation, named | values)
    return _changes_one(
        session,
        update(Escalation)
        .where(Escalation.case_id == case_id, Escalation.deadline_utc == deadline)
        .where(Escalation.step == before)
        .values(**values)
        .execution_options(synchronize_session=False),
    )


def put_off_step(session: Session, case_id: int, deadline: datetime, next_utc: datetime) -> None:
    """Look at a promise's next step again only then."""
    session.execute(
        update(Escalation)
        .where(Escalation.case_id == case_id, Escalation.deadline_utc == deadline)
        .values(next_utc=next_utc)
        .execution_options(synchronize_session=False)
    )


def _store(session: Session, case_id: int, seen: Plan | None, values: dict[str, Any]) -> None:
    if seen is None:
        is_ours = _insert(session, CallPlan, values | {"case_id": case_id, "version": 1})
    else:
        is_ours = _changes_one(
            session,
            update(CallPlan)
            .where(CallPlan.case_id == case_id, CallPlan.version == seen.version)
            .values(**values, version=seen.version + 1)
            .execution_options(synchronize_session=False),
        )
    if not is_ours:
        raise PlanChanged


def _insert(session: Session, model: type[Base], values: dict[str, Any]) -> bool:
    """Insert a row unless its key is taken; say whether it was inserted."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    make = sqlite.insert if is_sqlite else postgresql.insert
    table = table_of(model)
    # What is returned, not how many: PostgreSQL's driver does not count an insert's rows.
    inserting = make(table).values(**values).on_conflict_do_nothing()
    return session.execute(inserting.returning(*table.primary_key)).first() is not None


def _changes_one(session: Session, statement: Executable) -> bool:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
