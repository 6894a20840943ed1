"""What is stored of direct numbers: an office's policy, its lines, and which case got which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime
from nav_access.intake.direct_number.codes import Split


class DirectNumberPolicy(Base):
    """How an office gives direct numbers; without a row it gives none."""

    __tablename__ = "direct_number_policies"

    office_id: Mapped[int] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    split: Mapped[Split] = mapped_column(code_type(Split))
    version: Mapped[int]
    submission: Mapped[bytes] = mapped_column(LargeBinary(32))


class DirectNumberLine(Base):
    """A line of the policy: for some needs, for some days of birth, or for all the others."""

    __tablename__ = "direct_number_lines"
    __table_args__ = (
        CheckConstraint("first_day >= 1 AND first_day <= last_day AND last_day <= 31", name="days"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="both_days"),
        UniqueConstraint("office_id", "line_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(
        ForeignKey("direct_number_policies.office_id", ondelete="CASCADE")
    )
    line_id: Mapped[int] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="CASCADE"), index=True
    )
    needs: Mapped[tuple[str, ...]] = mapped_column(CodeSet, default=())
    first_day: Mapped[int | None]
    last_day: Mapped[int | None]


class DirectNumber(Base):
    """Which line a case got at an office, once; the day of birth that chose it is not kept.

    A line that is gone leaves the row: that the case got one stays countable.
    """

    __tablename__ = "direct_numbers"
    __table_args__ = (UniqueConstraint("case_id", "office_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    line_id: Mapped[int | None] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="SET NULL"), index=True
    )
    given_utc: Mapped[datetime] = mapped_column(UtcDateTime)
