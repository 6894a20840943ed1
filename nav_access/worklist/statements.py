"""The queue's query, shaped so that its first page reads one partial index and nothing else."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)

from nav_access.core.orm import UtcDateTime
from nav_access.core.prepared import Prepared
from nav_access.intake.codes import CaseStatus, ContactOutcome, EventKind, Need
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sides.filtering import has_need_of
from nav_access.staff.codes import Side
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who
from nav_access.worklist.columns import remembered
from nav_access.worklist.cursors import Cursor


class Show(StrEnum):
    """Which of an office's cases to list. MINE: waiting or answered, claimed by the reader."""

    WAITING = "waiting"
    MINE = "mine"
    ANSWERED = "answered"
    CLOSED = "closed"


@cache
def prepare_queue(show: Show, **shape: Any) -> Prepared:
    """Return `queue_statement` of this shape, compiled once: that costs more than running it."""
    return Prepared(lambda _: queue_statement(show, **shape))


def queue_statement(
    show: Show,
    *,
    is_filtered: bool,
    is_later_page: bool,
    sees_protected: bool = False,
    side: Side | None = None,
    size: int,
) -> Select[*tuple[Any, ...]]:
    """Return the query for one page and one row more, which tells whether there is a next.

    `queue_values` fills it in.
    """
    conditions = [
        Case.office_id == bindparam("office_id"),
        Case.wrapped_key.is_not(None),
        _is_shown(show),
    ]
    if not sees_protected and show is not Show.MINE:
        conditions.append(_IS_KNOWN)
    if is_filtered:
        # A set of codes is stored as one text; its own type would split the pattern.
        conditions.append(type_coerce(Case.needs, String).contains(bindparam("need", type_=String)))
    if side is not None:
        conditions.append(has_need_of(side))
    if is_later_page:
        conditions.append(_comes_after(show))
    return (
        select(*_COLUMNS)
        .join(Reaching, Reaching.case_id == Case.id)
        .outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
        .where(*conditions)
        .order_by(*_order(show))
        .limit(size + 1)
    )


def queue_values(
    who: Who, office_id: int, show: Show, need: Need | None, after: Cursor | None
) -> dict[str, Any]:
    """Return the values `queue_statement` has places for."""
    values: dict[str, Any] = {"office_id": office_id, "staff_id": who.staff_id}
    if need is not None:
        values["need"] = str(need)
    if after is not None:
        values["case_id"] = after.case_id
    if after is not None and show is not Show.CLOSED:
        values |= {"urgency": int(after.urgency), "deadline": after.deadline_utc}
    return values


# In the order of `queries.QueueRow`; the last is since when a case waits that was never answered.
_COLUMNS = (
    Case.id,
    Case.number,
    remembered(Case.status),
    Case.urgency,
    remembered(Case.deadline_utc),
    remembered(Case.answered_utc),
    remembered(Case.needs),
    remembered(Case.acute),
    Case.has_children,
    Case.language,
    Reaching.spoken_language,
    Reaching.needs_interpreter,
    Case.attempts,
    Case.claimed_by,
    StaffMember.name,
    Case.version,
    Case.is_protected,
    remembered(Case.flags),
    remembered(Case.received_utc),
)

MOMENTS = (
    select(CaseEvent.case_id, CaseEvent.kind, CaseEvent.at_utc)
    .where(
        CaseEvent.case_id.in_(bindparam("case_ids", expanding=True)),
        or_(
            CaseEvent.kind.in_(
                [
                    EventKind.CLOSED,
                    EventKind.INFORMATION_ADDED,
                    EventKind.OFFICE_ACCEPTED,
                    EventKind.REOPENED,
                ]
            ),
            and_(
                CaseEvent.kind == EventKind.CONTACT_LOGGED,
                CaseEvent.detail["outcome"].as_string() == ContactOutcome.ANSWERED.value,
            ),
            # One that asks for nothing, or comes while somebody has the case, has no new promise.
            and_(
                CaseEvent.kind == EventKind.TEXTED,
                CaseEvent.detail["deadline"].as_string().is_not(None),
            ),
        ),
    )
    .order_by(CaseEvent.case_id, CaseEvent.seq)
)
"""What settled some cases and what asked again, in order; attempts in vain are not among it."""


# The queue's shape of `protected.gate.is_hidden_from`, for a reader without the role: those with
# it at the office get the query without this. The row is read anyway, and the index as before.
_IS_KNOWN = or_(Case.is_protected.is_(False), Case.claimed_by == bindparam("staff_id"))


def _is_shown(show: Show) -> ColumnElement[bool]:
    """Return the condition on the status, written out: a bound one hides the partial indexes."""
    if show is Show.MINE:
        is_open = Case.status.in_([_written(CaseStatus.WAITING), _written(CaseStatus.ANSWERED)])
        return and_(is_open, Case.claimed_by == bindparam("staff_id"))
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


def _comes_after(show: Show) -> ColumnElement[bool]:
    case_id = bindparam("case_id", type_=BigInteger)
    if show is Show.CLOSED:
        return Case.id < case_id
    return tuple_(Case.urgency, Case.deadline_utc, Case.id) > tuple_(
        bindparam("urgency", type_=Integer), bindparam("deadline", type_=UtcDateTime), case_id
    )
