"""What is stored of acting for a person: consents, and drafts that wait for one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime
from nav_access.intake.acting.codes import ConsentWay, EndedBy, Relation

_IS_LIVE = text("ended_utc IS NULL")


class Consent(Base):
    """A person's yes to an agency, for one case.

    `recorded_by` wrote it down, `staff_id` acts for the person now. `municipality` and `needs`
    are what an agreement covered when the request was sent. `told_in` is the language in which
    the person was told. `help_kinds` and `help_minutes` are what the agency's work came to.
    """

    __tablename__ = "case_consents"
    __table_args__ = (
        CheckConstraint("given_utc <= until_utc", name="time"),
        CheckConstraint("help_minutes >= 0", name="minutes"),
        # Whoever lists an agency's cases pages by the last consent's id.
        Index(
            "ix_case_consents_agency",
            "agency_id",
            "id",
            postgresql_where=_IS_LIVE,
            sqlite_where=_IS_LIVE,
        ),
        Index(
            "ix_case_consents_live",
            "case_id",
            "agency_id",
            unique=True,
            postgresql_where=_IS_LIVE,
            sqlite_where=_IS_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    relation: Mapped[Relation] = mapped_column(code_type(Relation))
    way: Mapped[ConsentWay] = mapped_column(code_type(ConsentWay))
    told_in: Mapped[str] = mapped_column(String(10))
    may_follow: Mapped[bool]
    gets_messages: Mapped[bool]
    is_called: Mapped[bool]
    municipality: Mapped[str] = mapped_column(String(4))
    needs: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    given_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    until_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[EndedBy | None] = mapped_column(code_type(EndedBy))
    help_kinds: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    help_minutes: Mapped[int] = mapped_column(default=0)


class Draft(Base):
    """A request somebody at an agency has begun, before the person said yes; theirs alone.

    What was typed is sealed under a root key, bound to the row's random `name`.
    """

    __tablename__ = "agency_drafts"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), index=True)
    begun_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    typed_sealed: Mapped[bytes] = mapped_column(LargeBinary)
