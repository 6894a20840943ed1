"""Finding offices: which serve a place, and which a typed text may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, String, bindparam, or_, select
from sqlalchemy.orm import Session

from nav_access.offices.codes import HitReason, PlaceKind
from nav_access.offices.models import Office, OfficeArea, Postcode, Reception
from nav_access.offices.names import fold_office_name, is_one_slip, says_office
from nav_access.offices.near_places import find_place_with_slip, find_places_beginning
from nav_access.offices.places import (
    JAN_MAYEN_NUMBER,
    SVALBARD_NUMBER,
    Place,
    find_place,
    known_postcode,
)
from nav_access.offices.selections import IS_PUBLIC, OfficeChoice, where_public, with_everything


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """What a postcode, place or municipality leads to; UNKNOWN gets help, never an error."""

    kind: PlaceKind
    offices: tuple[OfficeChoice, ...] = ()
    municipality_number: str | None = None
    """None when unknown, or when several municipalities share the name."""
    postcode: str | None = None
    is_guess: bool = False
    """One letter was taken for another: to be asked about rather than acted on silently."""


@dataclass(frozen=True, slots=True)
class OfficeHit:
    """An office a search may mean, loaded with hours and numbers, and why."""

    office: Office
    reason: HitReason


_CHOICE = (Office.id, Office.slug, Office.name)
_AREAS = (
    select(*_CHOICE, OfficeArea.district, OfficeArea.postcode)
    .join(OfficeArea, OfficeArea.office_number == Office.number)
    .where(
        IS_PUBLIC,
        or_(
            OfficeArea.municipality_number.in_(bindparam("numbers", expanding=True)),
            OfficeArea.postcode == bindparam("postcode", type_=String),
        ),
    )
    .order_by(Office.name, Office.id)
)
_NAMED = (
    select(*_CHOICE)
    .where(IS_PUBLIC, Office.search_name == bindparam("name"))
    .order_by(Office.name, Office.id)
)


def match_place(session: Session, text: str, *, today: date | None = None) -> PlaceMatch:
    """Return the public office or offices that serve a typed place."""
    named = _named_exactly(session, text, today)
    if named and says_office(text):
        return _match(named, None, None)
    place = find_place(session, text)
    if place is None and named:
        return _match(named, None, None)
    place = place or find_place_with_slip(session, text)
    if place is None:
        return PlaceMatch(PlaceKind.UNKNOWN, postcode=known_postcode(text))
    number = next(iter(place.municipalities)) if len(place.municipalities) == 1 else None
    if number == SVALBARD_NUMBER:
        return PlaceMatch(PlaceKind.SVALBARD, (), number, place.postcode)
    if number == JAN_MAYEN_NUMBER:
        return PlaceMatch(PlaceKind.JAN_MAYEN, (), number, place.postcode)
    serving = list_offices_serving(session, place, today=today)
    # «Frogner» is a place in Lillestrøm and a district of Oslo: both are offered.
    offices = tuple(dict.fromkeys([*serving, *named]))
    match = _match(offices, number if len(offices) == len(serving) else None, place.postcode)
    return replace(match, is_guess=place.reason is HitReason.SIMILAR)


def search_offices(
    session: Session, text: str, *, limit: int = 20, today: date | None = None
) -> tuple[OfficeHit, ...]:
    """Return public offices a text may mean, best first.

    A whole name, a place, part of a name; only then how a place begins, and one slip.
    """
    found: dict[int, HitReason] = {}
    exact = find_place(session, text)
    _add(found, _named_exactly(session, text, today), HitReason.NAME)
    _add(found, _serving(session, exact, today), exact.reason if exact else HitReason.NAME)
    _add(found, _named_like(session, text, today), HitReason.NAME)
    if not found and exact is None:
        begins = find_places_beginning(session, text)
        _add(found, _serving(session, begins, today), HitReason.PLACE)
    if not found and exact is None:
        near = find_place_with_slip(session, text)
        similar = [*_named_with_slip(session, text, today), *_serving(session, near, today)]
        _add(found, similar, HitReason.SIMILAR)
    return _load_hits(session, dict(list(found.items())[:limit]))


def list_offices_serving(
    session: Session, place: Place, *, today: date | None = None
) -> Sequence[OfficeChoice]:
    """Return the public offices of a place: the narrowest area that any office has.

    Where no area is known, the offices whose door is in the municipality.
    """
    wanted = {"numbers": list(place.municipalities), "postcode": place.postcode, "today": today}
    rows = session.execute(_AREAS, wanted).all()
    narrow = [row for row in rows if place.postcode and row.postcode == place.postcode]
    narrow = narrow or [row for row in rows if place.district and row.district == place.district]
    if rows:
        return list(dict.fromkeys(OfficeChoice(*row[:3]) for row in narrow or rows))
    return _choices(session, _stands_in(place), today)


def _stands_in(place: Place) -> ColumnElement[bool]:
    codes = select(Postcode.code).where(Postcode.municipality_number.in_(place.municipalities))
    doors = select(Reception.office_id).where(Reception.postcode.in_(codes))
    return or_(Office.postcode.in_(codes), Office.id.in_(doors))


def _serving(session: Session, place: Place | None, today: date | None) -> Sequence[OfficeChoice]:
    return list_offices_serving(session, place, today=today) if place else ()


def _named_exactly(session: Session, text: str, today: date | None) -> Sequence[OfficeChoice]:
    name = fold_office_name(text)
    if not name or name.isdecimal():
        return ()
    rows = session.execute(_NAMED, {"name": name, "today": today})
    return [OfficeChoice(*row) for row in rows]


def _named_like(session: Session, text: str, today: date | None) -> Sequence[OfficeChoice]:
    """Return offices with the text at the beginning of a word of their name."""
    name = fold_office_name(text)
    if not name:
        return ()
    begins = or_(Office.search_name.startswith(name), Office.search_name.contains(f" {name}"))
    return _choices(session, begins, today)


def _named_with_slip(session: Session, text: str, today: date | None) -> list[OfficeChoice]:
    typed = fold_office_name(text)
    return [o for o in _choices(session, None, today) if _is_near(typed, o.name)]


def _is_near(typed: str, name: str) -> bool:
    folded = fold_office_name(name)
    return is_one_slip(typed, folded) or any(is_one_slip(typed, w) for w in folded.split())


def _choices(
    session: Session, wanted: ColumnElement[bool] | None, today: date | None
) -> Sequence[OfficeChoice]:
    rows = select(*_CHOICE).where(where_public(today))
    if wanted is not None:
        rows = rows.where(wanted)
    return [OfficeChoice(*row) for row in session.execute(rows.order_by(Office.name, Office.id))]


def _add(found: dict[int, HitReason], offices: Iterable[OfficeChoice], reason: HitReason) -> None:
    for office in offices:
        found.setdefault(office.id, reason)


def _load_hits(session: Session, found: dict[int, HitReason]) -> tuple[OfficeHit, ...]:
    offices = {o.id: o for o in session.scalars(with_everything().where(Office.id.in_(found)))}
    return tuple(OfficeHit(offices[key], reason) for key, reason in found.items())


def _match(offices: Sequence[OfficeChoice], number: str | None, postcode: str | None) -> PlaceMatch:
    if not offices:
        return PlaceMatch(PlaceKind.UNKNOWN, (), number, postcode)
    kind = PlaceKind.ONE_OFFICE if len(offices) == 1 else PlaceKind.CHOOSE_OFFICE
    return PlaceMatch(kind, tuple(offices), number, postcode)
