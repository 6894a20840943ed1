"""What is stored of the contact centre's work: look-ups, transfers, messages, answers to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.callbacks.codes import EscalationStep
from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.intake.centre.codes import LookedBy, LookUpReason, TransferOutcome
from nav_access.intake.codes import Reach, TimeOfDay
from nav_access.offices.codes import DutyAudience

IS_UNREAD = text("acknowledged_utc IS NULL")


class LookUp(Base):
    """An operator looked for a case. Neither number nor phone is kept, only what was found.

    `words_sealed` is under a root key, sealed to `name`: there may be no case to seal it with.
    """

    __tablename__ = "centre_look_ups"
    __table_args__ = (Index("ix_centre_look_ups_operator", "staff_id", "at_utc"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    looked_by: Mapped[LookedBy] = mapped_column(code_type(LookedBy))
    reason: Mapped[LookUpReason] = mapped_column(code_type(LookUpReason))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    submission: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)


class LookedUp(Base):
    """A case that a look-up found: its operator may open it for an hour."""

    __tablename__ = "centre_looked_up"

    look_up_id: Mapped[int] = mapped_column(
        ForeignKey("centre_look_ups.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)


class Transfer(Base):
    """One attempt to put a caller through to a line of an office; the case only where one is."""

    __tablename__ = "centre_transfers"
    __table_args__ = (Index("ix_centre_transfers_office", "office_id", "at_utc"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    audience: Mapped[DutyAudience] = mapped_column(code_type(DutyAudience))
    """Whether the line that was tried is the public's or an internal one."""
    outcome: Mapped[TransferOutcome] = mapped_column(code_type(TransferOutcome))
    submission: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)


class CentreMessage(Base):
    """A confidential message from an operator to the office that has the case.

    `due_utc` is when somebody must have acknowledged it; `next_utc` when the next step up is
    due, NULL once it is acknowledged or at the top. Free words are sealed with the case's key,
    to `name`.
    """

    __tablename__ = "centre_messages"
    __table_args__ = (
        Index(
            "ix_centre_messages_next",
            "next_utc",
            postgresql_where=IS_UNREAD,
            sqlite_where=IS_UNREAD,
        ),
        Index("ix_centre_messages_sender", "staff_id", "sent_utc"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    sent_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    urgency: Mapped[int]
    deadline_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    """By when the office should do what is asked."""
    due_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    reach: Mapped[Reach] = mapped_column(code_type(Reach))
    best_time: Mapped[TimeOfDay] = mapped_column(code_type(TimeOfDay))
    needs_interpreter: Mapped[bool]
    reach_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    promised_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    step: Mapped[EscalationStep | None] = mapped_column(code_type(EscalationStep))
    stepped_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    acknowledged_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CentreAnswer(Base):
    """Words that follow a message: the office's, or the contact centre's again."""

    __tablename__ = "centre_answers"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("centre_messages.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    is_from_centre: Mapped[bool]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
