"""What is stored of glass that was broken: who looked, until when, and who has taken note."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.intake.protected.codes import GlassReason


class GlassBreak(Base):
    """One person's look at one protected case; the words for it are the event's, sealed.

    `until_utc` is the first instant at which it is shut again. `seen_by` is the named person
    who took note of it; NULL while nobody has.
    """

    __tablename__ = "glass_breaks"
    __table_args__ = (Index("ix_glass_breaks_reader", "case_id", "staff_id", "until_utc"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    reason: Mapped[GlassReason] = mapped_column(code_type(GlassReason))
    seq: Mapped[int]
    """The case's event that tells of it."""
    broken_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    until_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    seen_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
