"""What is stored of feedback: when, in which language, what was done; the words are sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.feedback.codes import FeedbackState

_WAITS = text("state = 'waiting'")


class Feedback(Base):
    """What one person wrote about the pages, once; `once` is the name of the form they sent.

    `said_sealed` holds their words, the page and the addresses together, under a root key.
    `told_utc` is when those who answer were last told that it waits.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_waiting", "received_utc", postgresql_where=_WAITS, sqlite_where=_WAITS),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    once: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(10))
    received_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[FeedbackState] = mapped_column(code_type(FeedbackState))
    told_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_utc: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
