"""What is stored of a duty roster: shifts on lines, cover by other offices, a version an office."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nav_access.core.orm import Base, RowId
from nav_access.offices.columns import code_column
from nav_access.offices.roster.codes import CoverState, ShiftKind

if TYPE_CHECKING:
    from nav_access.offices.models import DutyLine

MOST_ON_DUTY = 60


class DutyShift(Base):
    """When somebody answers a line, or does not. Minutes from local midnight, half-open.

    A weekly row holds on its weekday from `first_date` to `last_date` (both included, without end
    when NULL); an absence on every day of its period, the whole day without minutes.
    `on_duty` names a team or a person at work; staff read it, nobody else.
    """

    __tablename__ = "office_duty_shifts"
    __table_args__ = (
        CheckConstraint("(kind = 'weekly') = (weekday IS NOT NULL)", name="weekly_has_weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
            name="ordered_minutes",
        ),
        CheckConstraint("(starts_minute IS NULL) = (ends_minute IS NULL)", name="both_minutes"),
        CheckConstraint("kind = 'absent' OR starts_minute IS NOT NULL", name="has_minutes"),
        CheckConstraint("kind = 'weekly' OR last_date IS NOT NULL", name="ends"),
        CheckConstraint("first_date <= last_date", name="ordered_dates"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    line_id: Mapped[int] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ShiftKind] = code_column(ShiftKind)
    weekday: Mapped[int | None]
    """0 is Monday."""
    first_date: Mapped[date]
    last_date: Mapped[date | None]
    starts_minute: Mapped[int | None]
    ends_minute: Mapped[int | None]
    covers_holidays: Mapped[bool] = mapped_column(default=False)
    on_duty: Mapped[str | None] = mapped_column(String(MOST_ON_DUTY))

    line: Mapped["DutyLine"] = relationship(back_populates="shifts")


class DutyCover(Base):
    """Another office's line that answers for a line in a period, once that office has said yes."""

    __tablename__ = "office_duty_covers"
    __table_args__ = (
        CheckConstraint("first_date <= last_date", name="ordered_dates"),
        CheckConstraint("state <> 'accepted' OR by_line_id IS NOT NULL", name="accepted_has_line"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    line_id: Mapped[int] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="CASCADE"), index=True
    )
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), index=True)
    """The office that is asked."""
    by_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="CASCADE"), index=True
    )
    first_date: Mapped[date]
    last_date: Mapped[date]
    state: Mapped[CoverState] = code_column(CoverState)

    line: Mapped["DutyLine"] = relationship(back_populates="covers", foreign_keys=[line_id])
    by_line: Mapped["DutyLine | None"] = relationship(foreign_keys=[by_line_id])


class OfficeRoster(Base):
    """An office's roster as a whole: `version` counts its changes, `submission` made the last."""

    __tablename__ = "office_rosters"

    office_id: Mapped[int] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    submission: Mapped[bytes] = mapped_column(LargeBinary(32))
