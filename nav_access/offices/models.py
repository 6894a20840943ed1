"""Tables of offices: units, receptions, hours and duty numbers."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nav_access.core.orm import Base, CodeSet, RowId
from nav_access.offices.codes import DutyAudience, OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.columns import code_column
from nav_access.offices.place_models import (
    Municipality,
    MunicipalityName,
    OfficeArea,
    OfficeDataVersion,
    Postcode,
    StreetArea,
)
from nav_access.offices.roster.models import DutyCover, DutyShift, OfficeRoster

__all__ = [
    "DutyCover",
    "DutyInterval",
    "DutyLine",
    "DutyShift",
    "Municipality",
    "MunicipalityName",
    "Office",
    "OfficeArea",
    "OfficeDataVersion",
    "OfficeRoster",
    "OpeningInterval",
    "Postcode",
    "Reception",
    "StreetArea",
]

WEEKDAY_XOR_DATE = "(weekday IS NULL) <> (on_date IS NULL)"
ORDERED_MINUTES = "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440"


class Office(Base):
    """A unit people can be helped by. `number` is the enhetNr, never a municipality number.

    Nothing internal is stored: what NORG2 marks as internal is dropped when read.
    Phones are E.164 where they could be understood, otherwise as written.
    """

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[OfficeKind] = code_column(OfficeKind)
    status: Mapped[OfficeStatus] = code_column(OfficeStatus)
    closes_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(20))
    """Which kind of file it came from; a full file only speaks of its own kind."""
    missing_since: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str | None] = mapped_column(String(40))
    phone_comment: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(10), index=True)
    place: Mapped[str | None] = mapped_column(String(100))
    postal_address: Mapped[str | None] = mapped_column(Text)
    """One line of the address per line of text."""
    language: Mapped[str] = mapped_column(String(10), default="nb")
    """The language the office's own free texts are written in."""
    information: Mapped[str | None] = mapped_column(Text)
    services: Mapped[tuple[str, ...]] = mapped_column(CodeSet(2000), default=())
    services_note: Mapped[str | None] = mapped_column(Text)
    languages: Mapped[tuple[str, ...]] = mapped_column(CodeSet(500), default=())
    restricted_reason: Mapped[str | None] = mapped_column(Text)
    other_way_in: Mapped[str | None] = mapped_column(Text)
    edition: Mapped[int] = mapped_column(default=1)
    """Raised by every change of what people read of it, so that nobody overwrites unseen."""

    receptions: Mapped[list["Reception"]] = relationship(
        back_populates="office", order_by="Reception.position", cascade="all, delete-orphan"
    )
    duty_lines: Mapped[list["DutyLine"]] = relationship(
        back_populates="office", order_by="DutyLine.position", cascade="all, delete-orphan"
    )

    @property
    def has_step_free_entrance(self) -> bool | None:
        """Say whether some reception has one; None when nobody has said."""
        return _any_known(reception.has_step_free_entrance for reception in self.receptions)

    @property
    def has_private_room(self) -> bool | None:
        """Say whether some reception has one; None when nobody has said."""
        return _any_known(reception.has_private_room for reception in self.receptions)


def _any_known(answers: Iterable[bool | None]) -> bool | None:
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None


class Reception(Base):
    """A door of an office where people may come."""

    __tablename__ = "office_receptions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str | None] = mapped_column(String(200))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(10), index=True)
    place: Mapped[str | None] = mapped_column(String(100))
    way_in: Mapped[str | None] = mapped_column(Text)
    """How to get there and in, in the office's own words."""
    has_step_free_entrance: Mapped[bool | None]
    has_private_room: Mapped[bool | None]

    office: Mapped[Office] = relationship(back_populates="receptions")
    openings: Mapped[list["OpeningInterval"]] = relationship(
        back_populates="reception", order_by="OpeningInterval.id", cascade="all, delete-orphan"
    )


class OpeningInterval(Base):
    """One line of a reception's hours: a weekday's, or one date's that replaces its weekday."""

    __tablename__ = "office_openings"
    __table_args__ = (
        CheckConstraint(WEEKDAY_XOR_DATE, name="weekday_xor_date"),
        CheckConstraint(ORDERED_MINUTES, name="ordered_minutes"),
        CheckConstraint("(opens_minute IS NULL) = (closes_minute IS NULL)", name="both_minutes"),
        CheckConstraint("kind <> 'walk_in' OR opens_minute IS NOT NULL", name="walk_in_has_times"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    reception_id: Mapped[int] = mapped_column(
        ForeignKey("office_receptions.id", ondelete="CASCADE"), index=True
    )
    weekday: Mapped[int | None]
    """0 is Monday."""
    on_date: Mapped[date | None]
    kind: Mapped[OpeningKind] = code_column(OpeningKind)
    opens_minute: Mapped[int | None]
    """Minutes from local midnight; the interval is half-open."""
    closes_minute: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(Text)
    """Shown verbatim, never counted."""

    reception: Mapped[Reception] = relationship(back_populates="openings")


class DutyLine(Base):
    """A staffed telephone line of an office: a line, not a person."""

    __tablename__ = "office_duty_lines"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    phone: Mapped[str] = mapped_column(String(40))
    audience: Mapped[DutyAudience] = code_column(DutyAudience)
    topic: Mapped[str | None] = mapped_column(Text)
    split: Mapped[str | None] = mapped_column(String(200))
    """Which callers, when lines are divided by age or day of birth."""
    covers_holidays: Mapped[bool] = mapped_column(default=False)
    is_imported: Mapped[bool] = mapped_column(default=False)
    """Imported lines follow the file; the office's own are left alone."""
    after_hours_phone: Mapped[str | None] = mapped_column(String(40))
    after_hours_note: Mapped[str | None] = mapped_column(Text)

    office: Mapped[Office] = relationship(back_populates="duty_lines")
    intervals: Mapped[list["DutyInterval"]] = relationship(
        back_populates="line", order_by="DutyInterval.id", cascade="all, delete-orphan"
    )
    shifts: Mapped[list[DutyShift]] = relationship(
        back_populates="line",
        order_by=DutyShift.id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    covers: Mapped[list[DutyCover]] = relationship(
        back_populates="line",
        foreign_keys=DutyCover.line_id,
        order_by=DutyCover.id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class DutyInterval(Base):
    """When a duty line is staffed; without minutes the line is unstaffed that date."""

    __tablename__ = "office_duty_intervals"
    __table_args__ = (
        CheckConstraint(WEEKDAY_XOR_DATE, name="weekday_xor_date"),
        CheckConstraint(ORDERED_MINUTES, name="ordered_minutes"),
        CheckConstraint("(opens_minute IS NULL) = (closes_minute IS NULL)", name="both_minutes"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    line_id: Mapped[int] = mapped_column(
        ForeignKey("office_duty_lines.id", ondelete="CASCADE"), index=True
    )
    weekday: Mapped[int | None]
    on_date: Mapped[date | None]
    opens_minute: Mapped[int | None]
    closes_minute: Mapped[int | None]

    line: Mapped[DutyLine] = relationship(back_populates="intervals")
