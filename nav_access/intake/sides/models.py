"""What is stored of two sides at one desk: needs that were changed, offers, steps of the plan."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.intake.sides.codes import CommonStep, NeedStatus, OfferReason, OfferState
from nav_access.staff.codes import Side

IS_OPEN = text("state = 'open'")

WHOLE_CASE = ""
"""Stands where a need would, in an offer of the whole case."""


class CaseNeed(Base):
    """A need whose side or status somebody has changed; one without a row is as it began.

    Derived from the events, and stored for the queue.
    """

    __tablename__ = "case_needs"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    need: Mapped[str] = mapped_column(String(20), primary_key=True)
    side: Mapped[Side] = mapped_column(code_type(Side))
    status: Mapped[NeedStatus] = mapped_column(code_type(NeedStatus))


class Offer(Base):
    """One need, or a whole case, offered to another side or office. The sender has it meanwhile.

    Sides only where a need goes from one to the other within an office. `made_seq` and
    `settled_seq` are the events that say why in words. `due_utc` is when an open one is told to
    the receiver's manager, `told_utc` when it was.
    """

    __tablename__ = "case_offers"
    __table_args__ = (
        Index(
            "ix_case_offers_one_open",
            "case_id",
            "need",
            unique=True,
            postgresql_where=IS_OPEN,
            sqlite_where=IS_OPEN,
        ),
        Index(
            "ix_case_offers_receiver",
            "to_office_id",
            "due_utc",
            postgresql_where=IS_OPEN,
            sqlite_where=IS_OPEN,
        ),
        Index("ix_case_offers_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    need: Mapped[str] = mapped_column(String(20))
    from_side: Mapped[Side | None] = mapped_column(code_type(Side))
    to_side: Mapped[Side | None] = mapped_column(code_type(Side))
    from_office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    to_office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    reason: Mapped[OfferReason] = mapped_column(code_type(OfferReason))
    state: Mapped[OfferState] = mapped_column(code_type(OfferState))
    made_seq: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    made_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    told_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_seq: Mapped[int | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    settled_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PlanStep(Base):
    """A step of the plan the person sees: a common one, or words sealed with the case's key.

    `name` is random: the sealed words are bound to it before the row has its number.
    """

    __tablename__ = "plan_steps"
    __table_args__ = (Index("ix_plan_steps_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str] = mapped_column(String(32), unique=True)
    common: Mapped[CommonStep | None] = mapped_column(code_type(CommonStep))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words_language: Mapped[str | None] = mapped_column(String(10))
    side: Mapped[Side] = mapped_column(code_type(Side))
    on_date: Mapped[date | None]
    done_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
