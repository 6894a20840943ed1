"""An office's queue: acute first, then the earliest deadline, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from nav_access.intake.codes import CaseStatus, ContactOutcome, EventKind, Need
from nav_access.intake.models import CaseEvent
from nav_access.staff.rules import Who
from nav_access.worklist.cursors import Cursor
from nav_access.worklist.statements import Show, queue_statement, queue_values
from nav_access.worklist.waiting import Moment, find_waiting_since

PAGE_SIZE = 50


class QueueRow(NamedTuple):
    """A case in the queue: what to know before opening it, no name and no phone."""

    case_id: int
    number: str
    status: CaseStatus
    urgency: int
    received_utc: datetime
    deadline_utc: datetime
    answered_utc: datetime | None
    needs: tuple[str, ...]
    acute: tuple[str, ...]
    has_children: bool
    language: str
    spoken_language: str | None
    needs_interpreter: bool
    attempts: int
    claimed_by: int | None
    claimed_by_name: str | None
    unanswered_since_utc: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows of a queue, and where the next page begins."""

    rows: tuple[QueueRow, ...]
    next: Cursor | None


def list_queue(
    session: Session,
    who: Who,
    office_id: int,
    show: Show = Show.WAITING,
    *,
    need: Need | None = None,
    after: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> QueuePage:
    """Return one page of an office's cases; empty for an office that is not the reader's."""
    if office_id not in who.office_ids:
        return QueuePage((), None)
    statement = queue_statement(
        show, is_filtered=need is not None, is_later_page=after is not None, size=size
    )
    found = session.execute(statement, queue_values(who, office_id, show, need, after)).all()
    rows = _rows(session, found[:size])
    is_more = len(found) > size
    return QueuePage(rows, _cursor(rows[-1]) if is_more else None)


def _cursor(row: QueueRow) -> Cursor:
    return Cursor(row.urgency, row.deadline_utc, row.case_id)


def _rows(session: Session, found: Sequence[Row[*tuple[Any, ...]]]) -> tuple[QueueRow, ...]:
    """Return the rows with since when each has waited; a case left alone needs no look-up."""
    moments = _list_moments(session, [row.id for row in found if row.version > 1])
    return tuple(
        QueueRow._make((*row[:-1], find_waiting_since(row.received_utc, moments.get(row.id, ()))))
        for row in found
    )


def _list_moments(session: Session, case_ids: Sequence[int]) -> dict[int, list[Moment]]:
    if not case_ids:
        return {}
    telling = (
        EventKind.CONTACT_LOGGED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.INFORMATION_ADDED,
    )
    statement = (
        select(CaseEvent.case_id, CaseEvent.kind, CaseEvent.at_utc, CaseEvent.detail)
        .where(CaseEvent.case_id.in_(case_ids), CaseEvent.kind.in_(telling))
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    moments: dict[int, list[Moment]] = {}
    for case_id, kind, at_utc, detail in session.execute(statement):
        is_answer = detail.get("outcome") == ContactOutcome.ANSWERED
        moments.setdefault(case_id, []).append(Moment(kind, at_utc, is_answer))
    return moments
