"""Erasing cases: the key is destroyed, the person cannot be found or reached, codes stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, literal_column, or_, select, text
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import Base
from nav_access.core.retention import End
from nav_access.erasing.rules import CODES_END, SHORTEST, Life, why_over
from nav_access.erasing.stopping import stop_what_waits
from nav_access.erasing.wiping import wipe
from nav_access.intake.centre.models import CentreAnswer, CentreMessage, Transfer
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.events import is_news
from nav_access.intake.models import Case, CaseEvent

ASKED = "asked"
"""Why a case is erased before its time: somebody asked the office for it."""

Place = tuple[datetime, int]
"""Where in the order of their arrival one has come among the cases."""

_YIELD = text("SELECT set_config('lock_timeout', '100ms', true)")
_TAKEN_BACK = Case.status == literal_column(f"'{CaseStatus.WITHDRAWN.value}'")


def list_over(
    session: Session, now: datetime, after: Place | None, limit: int
) -> tuple[Sequence[int], Place | None]:
    """Look at the next `limit` cases old enough; return those whose time is over, and where one is.

    The place is None when there are no more.
    """
    old = _lives().where(Case.erased_utc.is_(None), Case.received_utc < now - SHORTEST)
    if after is not None:
        at, last = after
        is_later = or_(Case.received_utc > at, Case.id > last)
        old = old.where(Case.received_utc >= at, is_later)
    rows = session.execute(old.order_by(Case.received_utc, Case.id).limit(limit)).all()
    place = (rows[-1].received_utc, rows[-1].id) if len(rows) == limit else None
    return _over(rows, now), place


def list_taken_back(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Return cases that were taken back and whose withdrawal can no longer be undone."""
    rows = session.execute(_lives().where(_TAKEN_BACK, Case.erased_utc.is_(None)))
    return _over(rows.all(), now)[:limit]


def erase_if_over(session: Session, case_id: int, *, now: datetime) -> End | None:
    """Erase a case if its time is over at this moment; return why, None when nothing was done.

    Whoever is at work in it goes first: then it is left for the next time.
    """
    case = _hold(session, Case.id == case_id)
    if case is None:
        return None
    [row] = session.execute(_lives().where(Case.id == case_id)).all()
    end = why_over(_life(row), now)
    if end is not None:
        _erase(session, case, end.since, "system", now)
    return end


def erase_asked(session: Session, number: str, *, actor: str, now: datetime) -> bool:
    """Erase a case because somebody asked for it; False when there is none, or it is in use."""
    case = _hold(session, Case.number == number)
    if case is not None:
        _erase(session, case, ASKED, actor, now)
    return case is not None


def delete_codes(session: Session, now: datetime, limit: int) -> int:
    """Delete what is left of cases that were erased long ago; return how many."""
    found = select(Case.id).where(are_codes_over(now)).order_by(Case.erased_utc, Case.id)
    ids = session.scalars(found.limit(limit).with_for_update(skip_locked=True)).all()
    if ids:
        messages = select(CentreMessage.id).where(CentreMessage.case_id.in_(ids))
        session.execute(delete(CentreAnswer).where(CentreAnswer.message_id.in_(messages)))
        for table in reversed(Base.metadata.sorted_tables):
            if "case_id" in table.c:
                session.execute(delete(table).where(table.c.case_id.in_(ids)))
        session.execute(delete(Case).where(Case.id.in_(ids)))
    return len(ids)


def are_codes_over(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an erased case's codes have stood long enough."""
    return Case.erased_utc < now - CODES_END.keep_for


def are_codes_of_nobody_over(now: datetime) -> ColumnElement[bool]:
    """Return the same of transfers without a case: codes from the first."""
    is_old = Transfer.at_utc < now - CODES_END.keep_for
    return Transfer.case_id.is_(None) & is_old


def _hold(session: Session, which: ColumnElement[bool]) -> Case | None:
    """Hold a case that is not erased; None when somebody else holds it, who must not wait."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_YIELD)
    held = select(Case).where(which, Case.erased_utc.is_(None)).with_for_update(skip_locked=True)
    return session.scalar(held.execution_options(populate_existing=True))


def _erase(session: Session, case: Case, why: str, actor: str, now: datetime) -> None:
    stop_what_waits(session, case.id, now)
    for statement in wipe(case.id, now):
        session.execute(statement)
    session.expire(case)
    audit.record(
        session,
        now=now,
        actor=actor,
        action="case.erased",
        subject=f"case:{case.number}",
        detail={"why": why},
    )


def _lives() -> Select[Any]:
    """Ask for what decides of each case for how long it is kept."""
    return select(
        Case.id,
        Case.received_utc,
        Case.status,
        _last(is_news()).label("touched"),
        _last(CaseEvent.kind == EventKind.CLOSED).label("closed"),
        _last(CaseEvent.kind == EventKind.WITHDRAWN).label("withdrawn"),
    )


def _last(which: ColumnElement[bool]) -> Any:
    """Return when such an event last happened in the case."""
    last = select(func.max(CaseEvent.at_utc)).where(CaseEvent.case_id == Case.id, which)
    return last.scalar_subquery()


def _life(row: Row[Any]) -> Life:
    touched = row.touched or row.received_utc
    return Life(CaseStatus(row.status), touched, row.closed, row.withdrawn)


def _over(rows: Sequence[Row[Any]], now: datetime) -> Sequence[int]:
    return [row.id for row in rows if why_over(_life(row), now)]
