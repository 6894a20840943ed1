"""Which rows of which table each end in core.retention means, and from when each is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Date, Table, and_, delete, func, select, tuple_
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.core.confirming import PendingChange
from nav_access.core.limits import Tries
from nav_access.core.orm import Base, table_of
from nav_access.core.retention import KINDS, AtEnd, End, Kind
from nav_access.feedback.models import Feedback
from nav_access.intake.acting.models import Draft
from nav_access.intake.centre.models import LookUp
from nav_access.intake.texting.models import IncomingText, TextDialogue
from nav_access.kiosk.models import Ticket, TicketDay
from nav_access.messaging.codes import MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.offices.roster.models import DutyCover, DutyShift
from nav_access.staff.models import StaffSession

_IS_LEFT = OutboxMessage.state.not_in([MessageState.WAITING, MessageState.SENDING])
_LEFT_UTC = func.coalesce(
    OutboxMessage.delivered_utc, OutboxMessage.sent_utc, OutboxMessage.due_utc
)


@dataclass(frozen=True)
class Rows:
    """The rows of one table an end is about, and the instant or date it counts from."""

    model: type[Base]
    since: ColumnElement[Any]
    where: ColumnElement[bool] | None = None

    @property
    def table(self) -> Table:
        """Return the table."""
        return table_of(self.model)

    def are_over(self, end: End, now: datetime) -> ColumnElement[bool]:
        """Return the condition that a row's time is over."""
        last = now - end.keep_for
        if isinstance(self.since.type, Date):
            # A day is over when the next one has begun, in Norway.
            return and_(self.since < to_oslo(last).date(), *self._which)
        return and_(self.since <= last, *self._which)

    @property
    def _which(self) -> tuple[ColumnElement[bool], ...]:
        return () if self.where is None else (self.where,)


def _rows(model: type[Base], since: Any, where: ColumnElement[bool] | None = None) -> Rows:
    return Rows(model, since, where)


ROWS: Mapping[tuple[str, str], tuple[Rows, ...]] = {
    ("staff_sessions", "created"): (_rows(StaffSession, StaffSession.created_utc),),
    ("counted_tries", "window_over"): (_rows(Tries, Tries.until_utc),),
    ("outbox", "sent_or_given_up"): (_rows(OutboxMessage, _LEFT_UTC, _IS_LEFT),),
    ("text_dialogues", "last_heard"): (_rows(TextDialogue, TextDialogue.due_utc),),
    ("incoming_texts", "heard"): (_rows(IncomingText, IncomingText.heard_utc),),
    ("look_ups", "looked"): (_rows(LookUp, LookUp.at_utc),),
    ("agency_drafts", "begun"): (_rows(Draft, Draft.begun_utc),),
    ("rosters", "last_date"): (
        _rows(DutyShift, DutyShift.last_date),
        _rows(DutyCover, DutyCover.last_date),
    ),
    ("pending_changes", "asked"): (_rows(PendingChange, PendingChange.asked_utc),),
    ("tickets", "taken"): (
        _rows(Ticket, Ticket.taken_utc),
        _rows(TicketDay, TicketDay.day),
    ),
    ("feedback", "settled"): (_rows(Feedback, Feedback.settled_utc),),
    ("feedback", "received"): (
        _rows(Feedback, Feedback.received_utc, Feedback.settled_utc.is_(None)),
    ),
}
"""By a kind's name and what its end is counted from."""

WITH_ANOTHER: Mapping[str, str] = {"centre_looked_up": "centre_look_ups", "check_ins": "tickets"}
"""Tables whose rows go with the row they belong to, by the database's own doing."""


def list_deletions() -> tuple[tuple[Kind, End, Rows], ...]:
    """Return all that is deleted because its time is over, but cases and their codes."""
    return tuple(
        (kind, end, rows)
        for kind in KINDS
        for end in kind.ends
        if end.then is AtEnd.DELETE
        for rows in ROWS.get((kind.name, end.since), ())
    )


def delete_over(session: Session, rows: Rows, end: End, now: datetime, limit: int) -> int:
    """Delete up to `limit` rows whose time is over; return how many. Many may do it at once."""
    found = select(*rows.table.primary_key).where(rows.are_over(end, now))
    return delete_rows(session, rows.table, found.order_by(rows.since).limit(limit))


def delete_rows(session: Session, table: Table, found: Any) -> int:
    """Delete the rows whose keys a query finds; return how many."""
    keys = tuple(table.primary_key)
    gone = delete(table).where((keys[0] if len(keys) == 1 else tuple_(*keys)).in_(found))
    return cast("CursorResult[Any]", session.execute(gone)).rowcount


def find_oldest(session: Session, rows: Rows) -> datetime | date | None:
    """Return from when the oldest row counts."""
    oldest = select(func.min(rows.since)).select_from(rows.table)
    found: datetime | date | None = session.scalar(
        oldest if rows.where is None else oldest.where(rows.where)
    )
    return found
