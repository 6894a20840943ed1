"""Capacity as offices publish it, the slot rows made from it, and who has booked them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.appointments.codes import BookingKind, BookingState, CancelledBy, Purpose
from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime

IS_BOOKED = text("state = 'booked'")


class BookingTerms(Base):
    """An office's terms for one purpose: how soon, how far ahead, how long things take.

    Minutes and days as numbers. A booking takes as many whole slots in a row as its length
    needs; a meeting by phone may have a length of its own, and with an interpreter
    `interpreter_minutes` are added. Freed seats come back after `cool_down_minutes`, so that
    nobody can pass a time on by cancelling at the right second. `made_on` is the local date
    slots were last made on.
    """

    __tablename__ = "booking_terms"
    __table_args__ = (
        UniqueConstraint("office_id", "purpose"),
        CheckConstraint(
            "slot_minutes > 0 AND length_minutes > 0 AND interpreter_minutes >= 0"
            " AND lead_minutes >= 0 AND horizon_days >= 0 AND cool_down_minutes >= 0",
            name="numbers",
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(code_type(Purpose))
    slot_minutes: Mapped[int]
    length_minutes: Mapped[int]
    phone_minutes: Mapped[int | None]
    interpreter_minutes: Mapped[int]
    lead_minutes: Mapped[int]
    horizon_days: Mapped[int]
    cool_down_minutes: Mapped[int]
    made_on: Mapped[date | None]


class CapacityRule(Base):
    """Seats an office offers every week on one weekday, in local minutes from midnight.

    `private_rooms` is for how many of the people at once there is a room of their own.
    Rules that overlap add up. `content` is a digest of all of it: the same rule, asked for twice
    in one instant, is one.
    """

    __tablename__ = "capacity_rules"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
            name="ordered_minutes",
        ),
        CheckConstraint(
            "public_seats >= 0 AND internal_seats >= 0 AND private_rooms >= 0", name="seats"
        ),
        Index("uq_capacity_rules_content", "content", unique=True),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(code_type(Purpose))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    public_seats: Mapped[int]
    internal_seats: Mapped[int]
    private_rooms: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class CapacityException(Base):
    """One date's change: a closure takes seats away, an extra adds some.

    A change without minutes is the whole day; without a purpose it is every purpose. `content`
    is as a rule's.
    """

    __tablename__ = "capacity_exceptions"
    __table_args__ = (Index("uq_capacity_exceptions_content", "content", unique=True),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose | None] = mapped_column(code_type(Purpose))
    on_date: Mapped[date]
    is_closure: Mapped[bool]
    starts_minute: Mapped[int | None]
    ends_minute: Mapped[int | None]
    public_seats: Mapped[int] = mapped_column(default=0)
    internal_seats: Mapped[int] = mapped_column(default=0)
    private_rooms: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Slot(Base):
    """A stretch of time with seats. What is taken is raised by one conditional UPDATE only.

    Making slots again may change the seats, never what is taken: a slot that lost its
    capacity stays while somebody holds it, with no seats left to book.
    """

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("office_id", "purpose", "starts_utc"),
        CheckConstraint(
            "public_taken >= 0 AND internal_taken >= 0 AND private_taken >= 0", name="taken"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(code_type(Purpose))
    starts_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    public_seats: Mapped[int]
    internal_seats: Mapped[int]
    private_rooms: Mapped[int] = mapped_column(default=0)
    public_taken: Mapped[int] = mapped_column(default=0)
    internal_taken: Mapped[int] = mapped_column(default=0)
    private_taken: Mapped[int] = mapped_column(default=0)


class Booking(Base):
    """A person's time. `sequence` is raised when it is moved or cancelled (RFC 5545).

    `person_index` is a blind index of who the person is (phone and name, when given), so
    that one person has one open booking per purpose whatever case it was made from. It goes
    when the booking is no longer open.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_case_open",
            "case_id",
            "purpose",
            unique=True,
            postgresql_where=IS_BOOKED,
            sqlite_where=IS_BOOKED,
        ),
        Index(
            "uq_bookings_person_open",
            "person_index",
            "purpose",
            unique=True,
            postgresql_where=IS_BOOKED,
            sqlite_where=IS_BOOKED,
        ),
        Index("ix_bookings_day", "office_id", "starts_utc"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    purpose: Mapped[Purpose] = mapped_column(code_type(Purpose))
    kind: Mapped[BookingKind] = mapped_column(code_type(BookingKind))
    state: Mapped[BookingState] = mapped_column(code_type(BookingState))
    starts_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    is_internal: Mapped[bool] = mapped_column(default=False)
    with_interpreter: Mapped[bool] = mapped_column(default=False)
    in_private_room: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    person_index: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(code_type(CancelledBy))
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class BookedSlot(Base):
    """One slot a booking holds a seat in. The row goes when the seat has come back.

    `frees_utc` is set when the booking leaves the slot: then the seat cools down.
    """

    __tablename__ = "booked_slots"
    __table_args__ = (
        Index(
            "ix_booked_slots_cooling",
            "frees_utc",
            postgresql_where=text("frees_utc IS NOT NULL"),
            sqlite_where=text("frees_utc IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    booking_id: Mapped[int] = mapped_column(
        ForeignKey("bookings.id", ondelete="CASCADE"), index=True
    )
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
    is_internal: Mapped[bool] = mapped_column(default=False)
    in_private_room: Mapped[bool] = mapped_column(default=False)
    frees_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
