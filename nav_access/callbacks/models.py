"""The plan for ringing a person, and each office's policy for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.callbacks.codes import EscalationStep, Fallback, PlanState
from nav_access.core.codes import code_type
from nav_access.core.orm import Base, UtcDateTime

IS_PLANNED = text("state = 'planned'")
IS_FALLBACK = text("state = 'fallback'")


class CallPolicy(Base):
    """How an office rings: how often, on how many days, what then; a row only where it differs.

    Waits are counted in staffed minutes after a promise ran out.
    """

    __tablename__ = "call_policies"

    office_id: Mapped[int] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True
    )
    attempts: Mapped[int] = mapped_column(default=3)
    days: Mapped[int] = mapped_column(default=2)
    fallback: Mapped[Fallback] = mapped_column(code_type(Fallback))
    manager_after_minutes: Mapped[int]
    contact_centre_after_minutes: Mapped[int]


class CallPlan(Base):
    """The one plan for ringing a case's person: one row a case, so never two attempts at once.

    The window is in UTC, half-open. `version` is raised by every change, by one conditional
    UPDATE. `fallback_staff_id` names who does what is left when ringing did not help.
    """

    __tablename__ = "call_plans"
    __table_args__ = (
        Index(
            "ix_call_plans_until",
            "until_utc",
            postgresql_where=IS_PLANNED,
            sqlite_where=IS_PLANNED,
        ),
        Index(
            "ix_call_plans_named",
            "fallback_staff_id",
            postgresql_where=IS_FALLBACK,
            sqlite_where=IS_FALLBACK,
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    state: Mapped[PlanState] = mapped_column(code_type(PlanState))
    from_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    until_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    attempt: Mapped[int]
    """Which attempt is planned, 1 being the first after a missed call."""
    is_booked: Mapped[bool] = mapped_column(default=False)
    """The person chose this time; a rule does not move it."""
    times_late: Mapped[int] = mapped_column(default=0)
    """How many planned times in a row passed without anybody trying."""
    fallback: Mapped[Fallback | None] = mapped_column(code_type(Fallback))
    fallback_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    version: Mapped[int] = mapped_column(default=1)


class Escalation(Base):
    """A promise that ran out, and how far up it has been told. One row a case and promise.

    `next_utc` is when the next step is due, by the hours and the policy there were when it was
    reckoned; NULL at the top.
    """

    __tablename__ = "escalations"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    deadline_utc: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    step: Mapped[EscalationStep] = mapped_column(code_type(EscalationStep))
    stepped_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    next_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
