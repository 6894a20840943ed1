"""How much the outbox holds, by channel, for whoever looks after it; nothing of anybody's."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nav_access.messaging.codes import MessageChannel, MessageKind
from nav_access.messaging.models import OutboxMessage
from nav_access.messaging.queries import is_to_print
from nav_access.messaging.rules import UNDONE


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """How many messages of a kind have not left."""

    kind: MessageKind
    count: int


def count_waiting(session: Session) -> tuple[WaitingKind, ...]:
    """Return how many messages wait to be sent, by kind; letters to print are not among them."""
    rows = session.execute(
        select(OutboxMessage.kind, func.count())
        .where(OutboxMessage.state.in_(UNDONE))
        .where(OutboxMessage.channel.is_distinct_from(MessageChannel.LETTER))
        .group_by(OutboxMessage.kind)
        .order_by(OutboxMessage.kind)
    )
    return tuple(WaitingKind(kind, count) for kind, count in rows)


def count_letters(session: Session) -> int:
    """Return how many letters of all offices wait to be printed."""
    return session.scalar(select(func.count()).where(is_to_print())) or 0
