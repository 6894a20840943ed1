"""The outbox: what is to be said to whom by when, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.messaging.codes import MessageChannel, MessageKind, MessageState

UNDONE = text("state IN ('waiting', 'sending')")


class OutboxMessage(Base):
    """One message. Holds codes and times, never words, and never more of a person than needed.

    A message for a case has `case_id`: its address, language and wishes are read when it is
    sent. An answer to somebody without a case has `recipient_sealed` (under a root key) and
    `language`. `once` names the message: queueing it again changes nothing, and the gateway
    is given it as the idempotency id. `wanted_utc` is when it should leave, `due_utc` when it
    is tried next, `lease_utc` until when a sender may be at work on it.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index(
            "ix_outbox_messages_due", "due_utc", "id", postgresql_where=UNDONE, sqlite_where=UNDONE
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    once: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[MessageKind] = mapped_column(code_type(MessageKind))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    recipient_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str | None] = mapped_column(String(10))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    channel: Mapped[MessageChannel | None] = mapped_column(code_type(MessageChannel))
    state: Mapped[MessageState] = mapped_column(code_type(MessageState))
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    give_up_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(60))
    sent_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
