"""What is stored of a reception: terminals, tickets without persons, and who has come."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime
from nav_access.kiosk.codes import TicketKind, TicketState


class Terminal(Base):
    """A screen in a reception. What it proves itself with is kept as digests only.

    `visit` names the visit that goes on at it: everything a page of the visit can open is bound
    to this name, so giving a new one ends it. `kept_token` is what «Yes, go on» leads back to,
    sealed and short-lived; it goes with the visit.
    """

    __tablename__ = "terminals"
    __table_args__ = (
        UniqueConstraint("office_id", "name"),
        Index("uq_terminals_code", "code_digest", unique=True),
        Index("uq_terminals_secret", "secret_digest", unique=True),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    name: Mapped[str] = mapped_column(String(60))
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    code_until_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    secret_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    visit: Mapped[str] = mapped_column(String(32))
    kept_token: Mapped[str | None] = mapped_column(Text)
    created_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TicketDay(Base):
    """The last number an office has given on a day."""

    __tablename__ = "ticket_days"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Ticket(Base):
    """A number in the line of one office on one day; says nothing of whose it is.

    `place` is the desk or room they were asked to. `asked_once` is the form the ticket was taken
    with and `called_once` the one it was called with: the same form again is the same ticket.
    `version` is raised by every act; whoever acts says which one they saw.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("office_id", "day", "number"),
        Index("uq_tickets_asked", "asked_once", unique=True),
        Index("uq_tickets_called", "called_once", unique=True),
        Index(
            "ix_tickets_waiting",
            "office_id",
            "day",
            "number",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index("ix_tickets_served", "office_id", "ended_utc"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    day: Mapped[date]
    number: Mapped[int]
    kind: Mapped[TicketKind] = mapped_column(code_type(TicketKind))
    state: Mapped[TicketState] = mapped_column(code_type(TicketState))
    place: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    asked_once: Mapped[bytes] = mapped_column(LargeBinary(32))
    called_once: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    taken_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    called_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CheckIn(Base):
    """Who has an appointment is here, and waits with this ticket."""

    __tablename__ = "check_ins"

    booking_id: Mapped[int] = mapped_column(
        ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True
    )
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
