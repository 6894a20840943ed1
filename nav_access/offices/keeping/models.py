"""What is stored of what an office keeps itself, beside what the register says of the same.

A row says «this is the office's own»; what the register told last stands in `told`, so that
neither overwrites the other silently. Where both say the same there is no row.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.offices.columns import code_column
from nav_access.offices.keeping.codes import MeasureKind


class KeptDay(Base):
    """A weekday or a date of a reception whose lines the office wrote."""

    __tablename__ = "office_kept_days"
    __table_args__ = (
        CheckConstraint("(weekday IS NULL) <> (on_date IS NULL)", name="weekday_xor_date"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        UniqueConstraint("reception_id", "weekday"),
        UniqueConstraint("reception_id", "on_date"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    reception_id: Mapped[int] = mapped_column(
        ForeignKey("office_receptions.id", ondelete="CASCADE")
    )
    weekday: Mapped[int | None]
    on_date: Mapped[date | None]
    told: Mapped[str] = mapped_column(Text)
    """The register's lines of that day, as JSON."""


class KeptReasons(Base):
    """The office wrote why it is seldom open and how else to get help; the register's words."""

    __tablename__ = "office_kept_reasons"

    office_id: Mapped[int] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True
    )
    told_reason: Mapped[str | None] = mapped_column(Text)
    told_way: Mapped[str | None] = mapped_column(Text)


class KeptLine(Base):
    """A number of the register that the office changed or took away; `told` is None once gone."""

    __tablename__ = "office_kept_lines"
    __table_args__ = (UniqueConstraint("office_id", "phone"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    phone: Mapped[str] = mapped_column(String(40))
    told: Mapped[str | None] = mapped_column(Text)


class Measure(Base):
    """What an office does to make up for few opening hours, for as long as it does it.

    Never deleted once it has begun: the statistics ask what was done when.
    """

    __tablename__ = "office_measures"
    __table_args__ = (
        CheckConstraint("until_date IS NULL OR from_date <= until_date", name="days"),
        Index("ix_office_measures_office", "office_id", "from_date"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    kind: Mapped[MeasureKind] = code_column(MeasureKind)
    words: Mapped[str] = mapped_column(Text)
    from_date: Mapped[date]
    until_date: Mapped[date | None]
    """The last day, itself included."""
    written_utc: Mapped[datetime] = mapped_column(UtcDateTime)
