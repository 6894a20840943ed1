"""What is stored of staff: the person, where they work, and their signed-in sessions."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, CodeSet, RowId, UtcDateTime
from nav_access.staff.codes import NoticeKind, Side, StaffRole


class StaffMember(Base):
    """A person who may sign in. `email` is casefolded; `totp_last_step` is the last code used.

    `handed_out_until_utc` is how long credentials that somebody else has seen are good for a
    first sign-in; None once the person has chosen their own.
    """

    __tablename__ = "staff_members"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    site_roles: Mapped[tuple[str, ...]] = mapped_column(CodeSet(60))
    password_hash: Mapped[str] = mapped_column(String(120))
    totp_secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    is_disabled: Mapped[bool] = mapped_column(default=False)
    handed_out_until_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    memberships: Mapped[list["Membership"]] = relationship(lazy="raise", order_by="Membership.id")


class Membership(Base):
    """A person's work at an office: on which side, and whether protected persons are theirs."""

    __tablename__ = "staff_memberships"
    __table_args__ = (
        CheckConstraint("role IN ('caseworker', 'manager')", name="role"),
        Index("ix_staff_memberships_person", "staff_id", "office_id", unique=True),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    role: Mapped[StaffRole] = mapped_column(code_type(StaffRole))
    side: Mapped[Side] = mapped_column(code_type(Side), default=Side.BOTH)
    sees_protected: Mapped[bool] = mapped_column(default=False)


class StaffSession(Base):
    """One signed-in browser. Only a hash of its token is kept.

    `is_by_provider` says that somebody else vouched for the person: signing out is there too.
    `is_first` was begun with credentials somebody else has seen: it opens nothing but the page
    on which the person chooses their own.
    """

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), index=True)
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    seen_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_by_provider: Mapped[bool] = mapped_column(default=False)
    is_first: Mapped[bool] = mapped_column(default=False)


class StaffIdentity(Base):
    """Who a person is to a provider of identities, since they first signed in through it."""

    __tablename__ = "staff_identities"
    __table_args__ = (
        Index("ix_staff_identities_subject", "issuer", "subject", unique=True),
        Index("ix_staff_identities_person", "staff_id", "issuer", unique=True),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    since_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffNotice(Base):
    """What others at an office are told about somebody there for a while: it cannot be undone.

    `given_by` is the member of staff who did it; None for a command.
    """

    __tablename__ = "staff_notices"
    __table_args__ = (Index("ix_staff_notices_office", "office_id", "at_utc"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(code_type(NoticeKind))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    given_by: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
