"""An office's queue: acute first, then the earliest deadline, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from nav_access.core.db import Connection
from nav_access.intake.codes import CaseStatus, EventKind, Need
from nav_access.staff.codes import Side
from nav_access.staff.rules import Who
from nav_access.worklist.cursors import Cursor
from nav_access.worklist.statements import MOMENTS, Show, prepare_queue, queue_values
from nav_access.worklist.waiting import Moment, find_waiting_since, may_wait_again

PAGE_SIZE = 50


class QueueRow(NamedTuple):
    """A case in the queue: what to know before opening it, no name and no phone.

    In the order of the query's columns. `unanswered_since_utc` counts while the case waits.
    """

    case_id: int
    number: str
    status: CaseStatus
    urgency: int
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
    version: int
    is_protected: bool
    flags: tuple[str, ...]
    unanswered_since_utc: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows of a queue, and where the next page begins."""

    rows: tuple[QueueRow, ...]
    next: Cursor | None


def list_queue(
    connection: Connection,
    who: Who,
    office_id: int,
    show: Show = Show.WAITING,
    *,
    need: Need | None = None,
    side: Side | None = None,
    after: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> QueuePage:
    """Return one page of an office's cases; empty for an office that is not the reader's.

    `need` and `side` narrow it to cases with that need, and with a need of that side.
    """
    if office_id not in who.office_ids:
        return QueuePage((), None)
    statement = prepare_queue(
        show,
        is_filtered=need is not None,
        is_later_page=after is not None,
        sees_protected=office_id in who.protected_office_ids,
        side=side,
        size=size,
    )
    values = queue_values(who, office_id, show, need, after)
    found = statement.all(connection, values)
    rows = _with_waiting(connection, tuple(map(QueueRow._make, found[:size])))
    is_more = len(found) > size
    return QueuePage(rows, _cursor(rows[-1]) if is_more else None)


def _cursor(row: QueueRow) -> Cursor:
    return Cursor(row.urgency, row.deadline_utc, row.case_id)


def _with_waiting(connection: Connection, rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    """Put right since when those have waited who were answered once and wait again.

    The query says when each came in, which is it for all the others.
    """
    again = [row.case_id for row in rows if row.version > 2 and _may_wait_again(row)]
    if not again:
        return rows
    moments = _list_moments(connection, again)
    return tuple(
        _waiting_since(row, moments[row.case_id]) if row.case_id in moments else row for row in rows
    )


def _may_wait_again(row: QueueRow) -> bool:
    is_waiting = row.status is CaseStatus.WAITING
    is_claimed = row.claimed_by is not None
    return is_waiting and may_wait_again(row.version, row.attempts, is_claimed=is_claimed)


def _waiting_since(row: QueueRow, moments: Sequence[Moment]) -> QueueRow:
    since = find_waiting_since(row.unanswered_since_utc, moments)
    return row._replace(unanswered_since_utc=since)


def _list_moments(connection: Connection, case_ids: Sequence[int]) -> dict[int, list[Moment]]:
    moments: dict[int, list[Moment]] = {}
    for case_id, kind, at_utc in connection.execute(MOMENTS, {"case_ids": case_ids}):
        is_answer = kind is EventKind.CONTACT_LOGGED
        moments.setdefault(case_id, []).append(Moment(kind, at_utc, is_answer))
    return moments
