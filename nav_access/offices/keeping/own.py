"""Offices that are made here by an administrator, and removed from what people are shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping.editing import OWN, has_register
from nav_access.offices.keeping.errors import (
    NoSuchMunicipality,
    NotToRemove,
    NumberInUse,
    StillInRegister,
)
from nav_access.offices.models import (
    DutyCover,
    Municipality,
    Office,
    OfficeArea,
    Postcode,
    Reception,
)
from nav_access.offices.names import fold_office_name, slug_of
from nav_access.offices.noting import note_change
from nav_access.offices.roster.codes import CoverState
from nav_access.offices.roster.covers import OPEN


@dataclass(frozen=True, slots=True)
class NewOffice:
    """A unit that no register has. `municipalities` are numbers; phones are E.164."""

    number: str
    name: str
    municipalities: tuple[str, ...]
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office as an administrator sees it: no more than people may."""

    id: int
    number: str
    slug: str
    name: str
    kind: OfficeKind
    status: OfficeStatus
    is_own: bool
    is_missing: bool
    is_in_register: bool
    """The register has it in use: removed here, it would be back."""


def create_office(session: Session, new: NewOffice, *, actor: str, now: datetime) -> int:
    """Make an office with one door, and return its id.

    Raises NumberInUse or NoSuchMunicipality.
    """
    check_municipalities(session, new.municipalities)
    if session.scalar(select(Office.id).where(Office.number == new.number)) is not None:
        raise NumberInUse
    office = _office(new, _free_slug(session, new))
    session.add(office)
    for number in new.municipalities:
        session.add(OfficeArea(office_number=new.number, municipality_number=number, source=OWN))
    session.flush()
    note_change(session, office.id, "office.created", actor, now)
    return office.id


def check_municipalities(session: Session, numbers: Collection[str]) -> None:
    """Raise NoSuchMunicipality unless there is one for each of these numbers, and some."""
    known = session.scalars(select(Municipality.number).where(Municipality.number.in_(numbers)))
    if not numbers or set(known) != set(numbers):
        raise NoSuchMunicipality


def check_removable(session: Session, office_id: int) -> Office:
    """Return an office that may be removed; raises OfficeNotFound, NotToRemove, StillInRegister."""
    office = session.get(Office, office_id)
    if office is None:
        raise OfficeNotFound
    if office.kind is OfficeKind.CONTACT_CENTRE or office.status is OfficeStatus.CLOSED:
        raise NotToRemove
    if _is_in_register(office):
        raise StillInRegister
    return office


def close_office(session: Session, office_id: int, *, actor: str, now: datetime) -> None:
    """Show an office to nobody any more; its number, staff and cases stay. Raises as above.

    It answers for no other office's line either: who relied on it sees the gap.
    """
    office = check_removable(session, office_id)
    closed = session.execute(
        update(Office)
        .where(Office.id == office_id, Office.status != OfficeStatus.CLOSED)
        .values(status=OfficeStatus.CLOSED, edition=Office.edition + 1)
        .returning(Office.id)
    )
    if closed.first() is None:
        raise NotToRemove
    session.execute(
        delete(OfficeArea).where(
            OfficeArea.office_number == office.number, OfficeArea.source == OWN
        )
    )
    session.execute(
        update(DutyCover)
        .where(DutyCover.office_id == office_id, DutyCover.state.in_(OPEN))
        .values(state=CoverState.DECLINED)
        .execution_options(synchronize_session=False)
    )
    note_change(session, office_id, "office.removed", actor, now)


def list_known_offices(session: Session, asked: str, *, most: int = 50) -> list[KnownOffice]:
    """Return offices whose number or name begins as asked, or holds it; all kinds, by name."""
    text = fold_office_name(asked)
    found = select(Office).order_by(Office.name, Office.id).limit(most)
    if asked.strip():
        by_name = Office.search_name.contains(text, autoescape=True) if text else None
        by_number = Office.number.startswith(asked.strip(), autoescape=True)
        found = found.where(by_number if by_name is None else or_(by_number, by_name))
    return [_known(office) for office in session.scalars(found)]


def get_known_office(session: Session, office_id: int) -> KnownOffice:
    """Return one office; raises OfficeNotFound."""
    office = session.get(Office, office_id)
    if office is None:
        raise OfficeNotFound
    return _known(office)


def _known(office: Office) -> KnownOffice:
    return KnownOffice(
        office.id,
        office.number,
        office.slug,
        office.name,
        office.kind,
        office.status,
        office.source == OWN,
        office.missing_since is not None,
        _is_in_register(office),
    )


def _is_in_register(office: Office) -> bool:
    return has_register(office) and office.missing_since is None and not office.is_sample


def _office(new: NewOffice, slug: str) -> Office:
    door = Reception(
        position=0, street=new.street, postcode=new.postcode, place=new.place, openings=[]
    )
    return Office(
        number=new.number,
        slug=slug,
        name=new.name,
        search_name=fold_office_name(new.name),
        kind=OfficeKind.LOCAL,
        status=OfficeStatus.ACTIVE,
        source=OWN,
        phone=new.phone,
        street=new.street,
        postcode=new.postcode,
        place=new.place,
        receptions=[door],
        duty_lines=[],
    )


def _free_slug(session: Session, new: NewOffice) -> str:
    base = slug_of(new.name)
    numbered = (slug_of(f"{base}-{new.number}"), *(f"{base}-{n}" for n in range(2, 1000)))
    taken = set(session.scalars(select(Office.slug).where(Office.slug.startswith(base))))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def list_served(session: Session, office_id: int) -> list[tuple[str, str]]:
    """Return the number and name of each municipality an office serves, by name.

    An office no area names serves the municipality its door stands in.
    """
    office = session.get(Office, office_id)
    if office is None:
        raise OfficeNotFound
    numbers = select(OfficeArea.municipality_number).where(
        OfficeArea.office_number == office.number
    )
    by_area = _list_municipalities(session, Municipality.number.in_(numbers))
    if by_area or not office.postcode:
        return by_area
    here = select(Postcode.municipality_number).where(Postcode.code == office.postcode)
    return _list_municipalities(session, Municipality.number.in_(here))


def _list_municipalities(session: Session, where: ColumnElement[bool]) -> list[tuple[str, str]]:
    found = select(Municipality.number, Municipality.name).where(where)
    rows = session.execute(found.order_by(Municipality.name, Municipality.number))
    return [(row.number, row.name) for row in rows]
