"""The queue's query, shaped so that its first page reads one partial index and nothing else."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    literal,
    literal_column,
    select,
    tuple_,
    type_coerce,
)

from nav_access.core.orm import UtcDateTime
from nav_access.intake.codes import CaseStatus, Need
from nav_access.intake.models import Case, Reaching
from nav_access.intake.staff_queries import allows
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who
from nav_access.worklist.cursors import Cursor


class Show(StrEnum):
    """Which of an office's cases to list. MINE: waiting or answered, claimed by the reader."""

    WAITING = "waiting"
    MINE = "mine"
    ANSWERED = "answered"
    CLOSED = "closed"


def queue_statement(
    who: Who,
    office_id: int,
    show: Show,
    *,
    need: Need | None,
    after: Cursor | None,
    size: int,
) -> Select[*tuple[Any, ...]]:
    """Return the query for one page and one row more, which tells whether there is a next."""
    conditions = [allows(who), Case.office_id == office_id, _is_shown(who, show)]
    if need is not None:
        # A set of codes is stored as one text; its own type would split the pattern.
        conditions.append(type_coerce(Case.needs, String).contains(need, autoescape=True))
    if after is not None:
        conditions.append(_comes_after(show, after))
    return (
        select(*_COLUMNS)
        .join(Reaching, Reaching.case_id == Case.id)
        .outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
        .where(*conditions)
        .order_by(*_order(show))
        .limit(size + 1)
    )


_COLUMNS = (
    Case.id,
    Case.number,
    Case.status,
    Case.urgency,
    Case.received_utc,
    Case.deadline_utc,
    Case.answered_utc,
    Case.needs,
    Case.acute,
    Case.has_children,
    Case.language,
    Reaching.spoken_language,
    Reaching.needs_interpreter,
    Case.attempts,
    Case.claimed_by,
    StaffMember.name,
    Case.version,
)


def _is_shown(who: Who, show: Show) -> ColumnElement[bool]:
    """Return the condition on the status, written out: a bound one hides the partial indexes."""
    if show is Show.MINE:
        is_open = Case.status.in_([CaseStatus.WAITING, CaseStatus.ANSWERED])
        return and_(is_open, Case.claimed_by == who.staff_id)
    is_status = Case.status == _written(CaseStatus(show))
    if show is Show.WAITING:
        return is_status
    # SQLite does not see by itself that this follows, and the index says it.
    return and_(is_status, Case.status != _written(CaseStatus.WAITING))


def _written(status: CaseStatus) -> ColumnElement[Any]:
    return literal_column(f"'{status.value}'")


def _order(show: Show) -> tuple[ColumnElement[Any], ...]:
    if show is Show.CLOSED:
        return (Case.id.desc(),)
    return (Case.urgency.asc(), Case.deadline_utc.asc(), Case.id.asc())


def _comes_after(show: Show, after: Cursor) -> ColumnElement[bool]:
    if show is Show.CLOSED:
        return Case.id < after.case_id
    return tuple_(Case.urgency, Case.deadline_utc, Case.id) > tuple_(
        literal(int(after.urgency), Integer),
        literal(after.deadline_utc, UtcDateTime),
        literal(after.case_id, BigInteger),
    )
