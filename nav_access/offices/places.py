"""Where a typed text is: a postcode, a forest address, a municipality or a postal place."""

import re
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from nav_access.offices.codes import HitReason, Parity
from nav_access.offices.models import Municipality, MunicipalityName, Postcode, StreetArea
from nav_access.offices.names import fold_name, is_one_slip, western_digits

OSLO_NUMBER = "0301"
SVALBARD_NUMBER = "2100"
JAN_MAYEN_NUMBER = "2211"
_POSTCODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ADDRESS = re.compile(r"^\s*(?P<street>[^\d,]+?)[\s,]*(?:(?P<number>\d+)\s*[a-zA-Z]?)?\s*(?:,.*)?$")
_NOT_NAMES = frozenset({"kommune", "suohkan", "nav"})
_SHORTEST_WORD = 3
_LONGEST = 200
_FIRST_HOUSES = 2
"""A street that is in the forest from its first houses on is so without a number, too."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a text was understood as; several municipalities when a name is shared."""

    reason: HitReason
    municipalities: frozenset[str] = frozenset()
    postcode: str | None = None
    district: str | None = None


def find_place(session: Session, text: str) -> Place | None:
    """Return where a text is, exactly as written but for case and accents."""
    typed = _tidy(text)
    codes = _POSTCODE.findall(typed)
    return (
        _find_street(session, typed, codes)
        or _find_postcode(session, codes)
        or _find_named(session, _name_in(typed))
        or _find_named(session, _town_after_street(typed))
    )


def find_place_with_slip(session: Session, text: str) -> Place | None:
    """Return where a text is when one letter of a name is wrong."""
    typed = _name_in(_tidy(text))
    towns = [(n.search_name, n[0]) for n in _municipality_names(session)]
    near = frozenset(
        number
        for name, number in towns
        if is_one_slip(typed, name) or any(is_one_slip(typed, word) for word in name.split())
    )
    if near:
        return Place(HitReason.SIMILAR, near)
    places = session.execute(select(Postcode.search_place).where(_in_use()).distinct())
    named = [place for (place,) in places if is_one_slip(typed, place)]
    return _reworded(_find_postal(session, named))


def find_places_beginning(session: Session, text: str) -> Place | None:
    """Return the municipalities whose name, or a place in which, begins as typed."""
    typed = _name_in(_tidy(text))
    if len(typed) < _SHORTEST_WORD:
        return None
    towns = {n[0] for n in _municipality_names(session) if n.search_name.startswith(typed)}
    begins = select(Postcode.municipality_number).where(
        Postcode.search_place.startswith(typed), _in_use()
    )
    numbers = frozenset(towns) or frozenset(session.scalars(begins.distinct()))
    return Place(HitReason.PLACE, numbers) if numbers else None


def known_postcode(text: str) -> str | None:
    """Return the postcode somebody typed, in use or not."""
    codes = _POSTCODE.findall(_tidy(text))
    return codes[-1] if codes else None


def _tidy(text: str) -> str:
    return " ".join(western_digits(text[:_LONGEST]).split())


def _find_street(session: Session, typed: str, codes: list[str]) -> Place | None:
    address = _ADDRESS.match(typed)
    if address is None or not _may_be_oslo(session, codes, typed):
        return None
    street = fold_name(address["street"])
    number = int(address["number"][:5]) if address["number"] else None
    areas = session.scalars(select(StreetArea).where(StreetArea.search_street == street))
    districts = {area.district for area in areas if _covers(area, number)}
    if len(districts) != 1:
        return None
    return Place(HitReason.ADDRESS, frozenset({OSLO_NUMBER}), district=districts.pop())


def _may_be_oslo(session: Session, codes: list[str], typed: str) -> bool:
    """Say whether nothing in the text places the street outside Oslo."""
    place = _find_postcode(session, codes if "," in typed else [])
    return place is None or OSLO_NUMBER in place.municipalities


def _covers(area: StreetArea, number: int | None) -> bool:
    if number is None:
        return area.first_number <= _FIRST_HOUSES
    is_side = area.parity is Parity.ALL or (number % 2 == 1) == (area.parity is Parity.ODD)
    return is_side and area.first_number <= number <= area.last_number


def _find_postcode(session: Session, codes: list[str]) -> Place | None:
    for code in reversed(codes):
        # Not in reach of the register's numbers: 2100 and 2211 are other people's postcodes.
        if code.startswith("917"):
            return Place(HitReason.POSTCODE, frozenset({SVALBARD_NUMBER}), code)
        if code == "8099":
            return Place(HitReason.POSTCODE, frozenset({JAN_MAYEN_NUMBER}), code)
        found = session.get(Postcode, code)
        if found and found.withdrawn_on is None:
            return Place(HitReason.POSTCODE, frozenset({found.municipality_number}), code)
    return None


def _find_named(session: Session, name: str) -> Place | None:
    if not name:
        return None
    if name in _ARCTIC:
        return Place(HitReason.MUNICIPALITY, frozenset({_ARCTIC[name]}))
    towns = _municipalities_named(session, name)
    postal = _find_postal(session, [name])
    if towns and postal:
        # A place shared by name with a far-away municipality is offered too, but not the
        # neighbours that a town's own postal place happens to reach into.
        is_town = bool(towns & postal.municipalities)
        return Place(HitReason.MUNICIPALITY, towns if is_town else towns | postal.municipalities)
    if towns:
        return Place(HitReason.MUNICIPALITY, towns)
    return postal or _find_by_word(session, name)


def _municipalities_named(session: Session, name: str) -> frozenset[str]:
    own = select(Municipality.number).where(Municipality.search_name == name)
    other = MunicipalityName.municipality_number
    others = select(other).where(MunicipalityName.search_name == name)
    return frozenset(session.scalars(own.union(others)))


def _find_postal(session: Session, names: list[str]) -> Place | None:
    if not names:
        return None
    wanted = select(Postcode.municipality_number).where(Postcode.search_place.in_(names), _in_use())
    numbers = frozenset(session.scalars(wanted.distinct()))
    return Place(HitReason.PLACE, numbers) if numbers else None


def _find_by_word(session: Session, name: str) -> Place | None:
    """Find «Karasjok» in «Karasjohka Karasjok»."""
    if len(name) < _SHORTEST_WORD:
        return None
    padded = f" {name} "
    towns = _municipality_names(session)
    numbers = frozenset(n[0] for n in towns if padded in f" {n.search_name} ")
    return Place(HitReason.MUNICIPALITY, numbers) if numbers else None


def _municipality_names(session: Session) -> list[Row[str, str]]:
    own = select(Municipality.number, Municipality.search_name)
    others = select(MunicipalityName.municipality_number, MunicipalityName.search_name)
    return list(session.execute(own.union_all(others)))


def _name_in(typed: str) -> str:
    """Return the letters of a text as a folded name, without «kommune», «NAV» and digits."""
    words = fold_name(re.sub(r"\d+", " ", typed)).split()
    return " ".join(word for word in words if word not in _NOT_NAMES)


def _town_after_street(typed: str) -> str:
    """Return «oslo» of «Storgata 5, Oslo»; nothing where no house number or comma divides."""
    before, _, town = re.sub(r"\d+", ",", typed).rpartition(",")
    return _name_in(town) if before else ""


def _in_use() -> ColumnElement[bool]:
    return Postcode.withdrawn_on.is_(None)


def _reworded(place: Place | None) -> Place | None:
    return replace(place, reason=HitReason.SIMILAR) if place else None


_ARCTIC = {
    "svalbard": SVALBARD_NUMBER,
    "longyearbyen": SVALBARD_NUMBER,
    "jan mayen": JAN_MAYEN_NUMBER,
}
