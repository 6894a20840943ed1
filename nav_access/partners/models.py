"""What is stored of partner agencies: the agency, what was agreed with it, and its members."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime
from nav_access.partners.codes import AgencyRole

MOST_MUNICIPALITIES = 400
"""More than the country has, so that an agreement may cover all of it."""

_IS_LIVE = text("ended_utc IS NULL")


class Agency(Base):
    """A service that helps people with their requests: a refugee service, a health service.

    `phone` is the agency's own line and `email` where it takes messages, each None when it has
    none; `phone` is E.164 where it could be understood. `organisation` is its number in the
    national register, which a provider of identities says of its people. `edition` counts what
    was corrected.
    """

    __tablename__ = "agencies"
    __table_args__ = (Index("ix_agencies_organisation", "organisation", unique=True),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    organisation: Mapped[str | None] = mapped_column(String(9))
    edition: Mapped[int] = mapped_column(default=1)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class Agreement(Base):
    """What an agency may send requests about: where, for which needs, from which day to which.

    Days are Norwegian days, both included; without a last day it runs until it is ended.
    """

    __tablename__ = "agency_agreements"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="days"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    municipalities: Mapped[tuple[str, ...]] = mapped_column(CodeSet(5 * MOST_MUNICIPALITIES))
    needs: Mapped[tuple[str, ...]] = mapped_column(CodeSet)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AgencyMember(Base):
    """A member of staff's work for an agency; nobody works for two at once."""

    __tablename__ = "agency_members"
    __table_args__ = (
        Index(
            "ix_agency_members_person",
            "staff_id",
            unique=True,
            postgresql_where=_IS_LIVE,
            sqlite_where=_IS_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    role: Mapped[AgencyRole] = mapped_column(code_type(AgencyRole))
    since_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
