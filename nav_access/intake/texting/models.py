"""What is stored of conversations by SMS: open ones, texts already heard, who wants no more."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime


class OfPhone(Base):
    """A row about a phone without a case: found by its index, sealed to its random name."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    phone_index: Mapped[bytes] = mapped_column(LargeBinary(64), unique=True)
    phone_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class TextDialogue(OfPhone):
    """A conversation that is not a request yet: one row a phone, gone when the case is there.

    `told_sealed` (words and place) is under a root key, as the phone is. `asked` holds codes and
    times. `due_utc` is when it counts as abandoned.
    """

    __tablename__ = "text_dialogues"

    told_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str | None] = mapped_column(String(10))
    needs: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    acute: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    is_acute_told: Mapped[bool]
    says_today: Mapped[bool]
    cries_for_help: Mapped[bool]
    hints: Mapped[list[str]] = mapped_column(JSON)
    asked: Mapped[list[Any]] = mapped_column(JSON)
    lag_ms: Mapped[int | None]
    began_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class IncomingText(Base):
    """A text that was delivered, known again by a keyed digest when it is delivered once more."""

    __tablename__ = "incoming_texts"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    heard_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class TextStop(OfPhone):
    """A phone that has asked for no more texts."""

    __tablename__ = "text_stops"

    since_utc: Mapped[datetime] = mapped_column(UtcDateTime)
