"""Reading the outbox: how old it is, what is stuck, what became of a case's messages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from nav_access.messaging.codes import LOST, MessageChannel, MessageKind, MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.messaging.rules import UNDONE

STUCK_AFTER = timedelta(minutes=10)
"""How long a message may wait past its time before somebody should look at the gateway."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as those see it who look after the outbox; it says nothing of the person."""

    id: int
    kind: MessageKind
    channel: MessageChannel | None
    state: MessageState
    wanted_utc: datetime
    due_utc: datetime
    tries: int
    trouble: str | None
    sent_utc: datetime | None
    delivered_utc: datetime | None


def is_work_due(session: Session, now: datetime) -> bool:
    """Say whether a sender has anything to do: a look costs no writer its turn."""
    waiting = and_(
        OutboxMessage.state == MessageState.WAITING,
        OutboxMessage.due_utc <= now,
        OutboxMessage.channel.is_distinct_from(MessageChannel.LETTER),
    )
    left = and_(OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_utc <= now)
    return session.scalar(select(OutboxMessage.id).where(or_(waiting, left)).limit(1)) is not None


def get_age(session: Session, now: datetime) -> timedelta:
    """Return for how long the oldest message that should have left has waited; zero when none."""
    oldest = session.scalar(select(func.min(OutboxMessage.wanted_utc)).where(_is_late(now)))
    return now - oldest if oldest else timedelta(0)


def list_stuck(
    session: Session, now: datetime, *, older_than: timedelta = STUCK_AFTER, limit: int = 50
) -> tuple[MessageRow, ...]:
    """Return messages that should have left so long ago, oldest first."""
    return _rows(session, _is_late(now - older_than), limit)


def list_of_case(session: Session, case_id: int, limit: int = 50) -> tuple[MessageRow, ...]:
    """Return a case's messages, oldest first."""
    return _rows(session, OutboxMessage.case_id == case_id, limit)


def find_state(session: Session, once: str) -> MessageState | None:
    """Return what became of the message of this name; None when there is none."""
    return session.scalar(select(OutboxMessage.state).where(OutboxMessage.once == once))


def list_lost(session: Session, names: Collection[str]) -> frozenset[str]:
    """Return which of these messages ended without anybody having read them."""
    is_lost = OutboxMessage.state.in_(LOST)
    found = select(OutboxMessage.once).where(OutboxMessage.once.in_(names), is_lost)
    return frozenset(session.scalars(found))


def is_to_print(*, is_printed_too: bool = False) -> ColumnElement[bool]:
    """Return the condition a letter meets that an office is to print, or has printed."""
    states = {MessageState.WAITING} | ({MessageState.SENT} if is_printed_too else set())
    return and_(OutboxMessage.channel == MessageChannel.LETTER, OutboxMessage.state.in_(states))


def _is_late(at: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.state.in_(UNDONE),
        OutboxMessage.wanted_utc <= at,
        OutboxMessage.channel.is_distinct_from(MessageChannel.LETTER),
    )


def _rows(session: Session, wanted: ColumnElement[bool], limit: int) -> tuple[MessageRow, ...]:
    ordered = select(OutboxMessage).where(wanted).order_by(OutboxMessage.wanted_utc)
    found = session.scalars(ordered.order_by(OutboxMessage.id).limit(limit))
    return tuple(_row(message) for message in found)


def _row(message: OutboxMessage) -> MessageRow:
    names: dict[str, Any] = {name: getattr(message, name) for name in MessageRow.__slots__}
    return MessageRow(**names)
