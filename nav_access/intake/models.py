"""What is stored of a request for help: the case, how to reach the person, and its events."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime
from nav_access.intake.codes import ActorKind, CaseStatus, Channel, EventKind, Reach, TimeOfDay


class Case(Base):
    """A request for help and where it stands.

    `status`, `urgency`, `deadline_utc`, `answered_utc` and `attempts` are derived from
    the events and stored here for the queue's index. `version` counts the events; whoever
    acts says which version they saw. `wrapped_key` opens every sealed column of the case
    and is NULL once the case has been erased, at `erased_utc`; that raises `version` once more.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "ix_cases_queue",
            "office_id",
            "urgency",
            "deadline_utc",
            "id",
            postgresql_where=text("status = 'waiting'"),
            sqlite_where=text("status = 'waiting'"),
        ),
        # Not over waiting cases: SQLite would as soon read this one for the queue.
        Index(
            "ix_cases_office_status",
            "office_id",
            "status",
            "urgency",
            "deadline_utc",
            "id",
            postgresql_where=text("status <> 'waiting'"),
            sqlite_where=text("status <> 'waiting'"),
        ),
        Index(
            "ix_cases_claimed_by",
            "claimed_by",
            postgresql_where=text("claimed_by IS NOT NULL"),
            sqlite_where=text("claimed_by IS NOT NULL"),
        ),
        # Over `erased_utc`, which no page asks for: none of theirs is read by these instead.
        Index(
            "ix_cases_kept",
            "received_utc",
            "id",
            postgresql_where=text("erased_utc IS NULL"),
            sqlite_where=text("erased_utc IS NULL"),
        ),
        Index(
            "ix_cases_taken_back",
            "id",
            postgresql_where=text("status = 'withdrawn' AND erased_utc IS NULL"),
            sqlite_where=text("status = 'withdrawn' AND erased_utc IS NULL"),
        ),
        Index(
            "ix_cases_erased_utc",
            "erased_utc",
            postgresql_where=text("erased_utc IS NOT NULL"),
            sqlite_where=text("erased_utc IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(8), unique=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    channel: Mapped[Channel] = mapped_column(code_type(Channel))
    language: Mapped[str] = mapped_column(String(10))
    needs: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    acute: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    has_children: Mapped[bool]
    municipality_number: Mapped[str | None] = mapped_column(String(4))
    flags: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    is_protected: Mapped[bool] = mapped_column(default=False, server_default=false())

    status: Mapped[CaseStatus] = mapped_column(code_type(CaseStatus))
    urgency: Mapped[int]
    received_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    version: Mapped[int]

    submission: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary(32))
    verifier: Mapped[str] = mapped_column(String(200))
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    reaching: Mapped["Reaching"] = relationship(back_populates="case", lazy="raise")
    events: Mapped[list["CaseEvent"]] = relationship(
        back_populates="case", lazy="raise", order_by="CaseEvent.seq"
    )


class Reaching(Base):
    """How, when and how safely the person can be reached. Personal columns are sealed."""

    __tablename__ = "case_reaching"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    reach: Mapped[Reach] = mapped_column(code_type(Reach))
    best_time: Mapped[TimeOfDay] = mapped_column(code_type(TimeOfDay))
    may_leave_voicemail: Mapped[bool]
    may_say_who: Mapped[bool]
    spoken_language: Mapped[str | None] = mapped_column(String(20))
    spoken_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    needs_interpreter: Mapped[bool]
    wants_private_room: Mapped[bool]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(64), index=True)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    place_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_word_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A word whoever rings says first, so that the person knows who it is."""

    case: Mapped[Case] = relationship(back_populates="reaching", lazy="raise")


class CaseEvent(Base):
    """One thing that happened. Never changed, never removed while the case stands.

    `seq` is the case's version after it: two people acting on the same version collide
    on the unique constraint, and one of them is told what happened. `detail` holds codes
    only; free text is sealed with the case's key.
    """

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[EventKind] = mapped_column(code_type(EventKind))
    actor: Mapped[ActorKind] = mapped_column(code_type(ActorKind))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    submission: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)

    case: Mapped[Case] = relationship(back_populates="events", lazy="raise")
