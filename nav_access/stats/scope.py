"""Whose figures somebody may see: supervisors every office's, managers their own offices'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Municipality, Office, OfficeArea
from nav_access.offices.selections import OfficeChoice, where_public
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who
from nav_access.stats.errors import PlaceNotTheirs

MUNICIPALITY, OFFICE = "m.", "o."
"""How a place begins in an address; without one, all that the reader may see is meant."""

_CODE = re.compile(r"(m\.[0-9]{4}|o\.[a-z0-9-]{1,120})?")
"""What people type into an address may hold bytes that no database takes."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads statistics; `office_ids` are a manager's, None is every office."""

    office_ids: frozenset[int] | None

    @property
    def sees_all(self) -> bool:
        """Say whether it is a supervisor, or whoever reads what everybody may."""
        return self.office_ids is None


EVERYBODY = Reader(None)


@dataclass(frozen=True, slots=True)
class Scope:
    """The offices whose figures are asked for, by name.

    `is_whole` is every office there is: people's requests may also lie with one that is closed.
    `municipalities` are the numbers of those that were asked for, or that the office serves.
    """

    code: str
    name: str | None
    offices: tuple[OfficeChoice, ...]
    is_whole: bool = False
    municipalities: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[int]:
        """The offices' keys."""
        return frozenset(office.id for office in self.offices)

    def holds(self, office_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition that something is of one of these offices."""
        if self.is_whole:
            return office_id.in_(select(Office.id).where(Office.kind == OfficeKind.LOCAL))
        return office_id.in_(self.ids)


@dataclass(frozen=True, slots=True)
class Choices:
    """The places a reader may choose among, as (code, name) by name."""

    municipalities: tuple[tuple[str, str], ...]
    offices: tuple[tuple[str, str], ...]


def reader_of(who: Who) -> Reader | None:
    """Return what somebody may read; None for whoever has no business with statistics."""
    if StaffRole.SUPERVISOR in who.roles:
        return EVERYBODY
    return Reader(who.managed_office_ids) if who.managed_office_ids else None


def find_scope(session: Session, reader: Reader, code: str, *, today: date) -> Scope:
    """Return the offices a place stands for; raises PlaceNotTheirs."""
    if not _CODE.fullmatch(code):
        raise PlaceNotTheirs
    if code.startswith(OFFICE):
        return _of_office(session, reader, code, today)
    if code.startswith(MUNICIPALITY) and reader.sees_all:
        return _of_municipality(session, code, today)
    if code:
        raise PlaceNotTheirs
    offices = _list_offices(session, _is_readable(reader, today))
    if reader.sees_all:
        return Scope("", None, offices, is_whole=True)
    name = offices[0].name if len(offices) == 1 else None
    return Scope("", name, offices, municipalities=_served_by(session, offices))


def list_choices(session: Session, reader: Reader, *, today: date) -> Choices:
    """Return the places a reader may choose among."""
    offices = _list_offices(session, _is_readable(reader, today))
    named = tuple((f"{OFFICE}{office.slug}", office.name) for office in offices)
    if not reader.sees_all:
        return Choices((), named)
    rows = session.execute(
        select(Municipality.number, Municipality.name)
        .where(Municipality.number.in_(select(OfficeArea.municipality_number)))
        .order_by(Municipality.name, Municipality.number)
    )
    return Choices(tuple((f"{MUNICIPALITY}{number}", name) for number, name in rows), named)


def _of_office(session: Session, reader: Reader, code: str, today: date) -> Scope:
    is_it = Office.slug == code.removeprefix(OFFICE)
    found = _list_offices(session, _is_readable(reader, today), is_it)
    if not found:
        raise PlaceNotTheirs
    return Scope(code, found[0].name, found, municipalities=_served_by(session, found))


def _of_municipality(session: Session, code: str, today: date) -> Scope:
    number = code.removeprefix(MUNICIPALITY)
    name = session.scalar(select(Municipality.name).where(Municipality.number == number))
    if name is None:
        raise PlaceNotTheirs
    serves = select(OfficeArea.office_number).where(OfficeArea.municipality_number == number)
    offices = _list_offices(session, where_public(today), Office.number.in_(serves))
    return Scope(code, name, offices, municipalities=frozenset({number}))


def _is_readable(reader: Reader, today: date) -> ColumnElement[bool]:
    return where_public(today) if reader.office_ids is None else Office.id.in_(reader.office_ids)


def _list_offices(session: Session, *wanted: ColumnElement[bool]) -> tuple[OfficeChoice, ...]:
    rows = select(Office.id, Office.slug, Office.name).where(*wanted)
    return tuple(
        OfficeChoice(*row) for row in session.execute(rows.order_by(Office.name, Office.id))
    )


def _served_by(session: Session, offices: Sequence[OfficeChoice]) -> frozenset[str]:
    ids = [office.id for office in offices]
    serve = select(Office.number).where(Office.id.in_(ids))
    rows = select(OfficeArea.municipality_number).where(OfficeArea.office_number.in_(serve))
    return frozenset(session.scalars(rows))
