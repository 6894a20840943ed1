"""Where a typed text is: a postcode, a forest address, a municipality or a postal place."""

import re
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from nav_access.offices.codes import HitReason, Parity
from nav_access.offices.models import Municipality, MunicipalityName, Postcode, StreetArea
from nav_access.offices.names import fold_name, western_digits

OSLO_NUMBER = "0301"
SVALBARD_NUMBER = "2100"
JAN_MAYEN_NUMBER = "2211"
_POSTCODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ADDRESS = re.compile(r"^\s*(?P<street>[^\d,]+?)[\s,]*(?:(?P<number>\d+)\s*[a-zA-Z]?)?\s*(?:,.*)?$")
_NOT_NAMES = frozenset({"kommune", "suohkan", "nav"})
SHORTEST_WORD = 3
_LONGEST = 200
_FIRST_HOUSES = 2
"""A street that is in the forest from its first houses on is so without a number, too."""


# Built once: every request for help runs them.
IN_USE = Postcode.withdrawn_on.is_(None)
_TOWN_OF_POSTCODE = select(Postcode.municipality_number).where(
    Postcode.code == bindparam("code"), IN_USE
)
_TOWNS_OF_PLACE = (
    select(Postcode.municipality_number)
    .where(Postcode.search_place.in_(bindparam("names", expanding=True)), IN_USE)
    .distinct()
)
TOWN_NAMES = union_all(
    select(Municipality.number, Municipality.search_name),
    select(MunicipalityName.municipality_number, MunicipalityName.search_name),
).subquery()
"""Every name of every municipality."""
_TOWNS_NAMED = select(TOWN_NAMES.c.number).where(TOWN_NAMES.c.search_name == bindparam("name"))
_TOWNS_WITH_WORD = select(TOWN_NAMES.c.number).where(
    (literal(" ") + TOWN_NAMES.c.search_name + " ").like(bindparam("pattern"))
)
_STREET = select(
    StreetArea.first_number, StreetArea.last_number, StreetArea.parity, StreetArea.district
).where(StreetArea.search_street == bindparam("street"))


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
        or _find_named(session, _folded(typed))
        or _find_named(session, _town_after_street(typed))
    )


def known_postcode(text: str) -> str | None:
    """Return the postcode somebody typed, in use or not."""
    codes = _POSTCODE.findall(_tidy(text))
    return codes[-1] if codes else None


def is_postcode(session: Session, code: str) -> bool:
    """Say whether four digits are a postcode in use."""
    return _find_postcode(session, [code]) is not None


def name_in(text: str) -> str:
    """Return the name in a typed text, folded."""
    return _folded(_tidy(text))


def _tidy(text: str) -> str:
    return " ".join(western_digits(text[:_LONGEST]).split())


def _find_street(session: Session, typed: str, codes: list[str]) -> Place | None:
    address = _ADDRESS.match(typed)
    if address is None or not _may_be_oslo(session, codes, typed):
        return None
    street = fold_name(address["street"])
    number = int(address["number"][:5]) if address["number"] else None
    areas = session.execute(_STREET, {"street": street})
    districts = {area.district for area in areas if _covers(area, number)}
    if len(districts) != 1:
        return None
    return Place(HitReason.ADDRESS, frozenset({OSLO_NUMBER}), district=districts.pop())


def _may_be_oslo(session: Session, codes: list[str], typed: str) -> bool:
    """Say whether nothing in the text places the street outside Oslo."""
    place = _find_postcode(session, codes if "," in typed else [])
    return place is None or OSLO_NUMBER in place.municipalities


def _covers(area: Row[int, int, Parity, str], number: int | None) -> bool:
    first, last, parity, _ = area
    if number is None:
        return first <= _FIRST_HOUSES
    is_side = parity is Parity.ALL or (number % 2 == 1) == (parity is Parity.ODD)
    return is_side and first <= number <= last


def _find_postcode(session: Session, codes: list[str]) -> Place | None:
    for code in reversed(codes):
        # Not in reach of the register's numbers: 2100 and 2211 are other people's postcodes.
        if code.startswith("917"):
            return Place(HitReason.POSTCODE, frozenset({SVALBARD_NUMBER}), code)
        if code == "8099":
            return Place(HitReason.POSTCODE, frozenset({JAN_MAYEN_NUMBER}), code)
        number = session.scalar(_TOWN_OF_POSTCODE, {"code": code})
        if number is not None:
            return Place(HitReason.POSTCODE, frozenset({number}), code)
    return None


def _find_named(session: Session, name: str) -> Place | None:
    if not name:
        return None
    if name in _ARCTIC:
        return Place(HitReason.MUNICIPALITY, frozenset({_ARCTIC[name]}))
    towns = _municipalities_named(session, name)
    postal = find_postal(session, [name])
    if towns and postal:
        # A place shared by name with a far-away municipality is offered too, but not the
        # neighbours that a town's own postal place happens to reach into.
        is_town = bool(towns & postal.municipalities)
        return Place(HitReason.MUNICIPALITY, towns if is_town else towns | postal.municipalities)
    if towns:
        return Place(HitReason.MUNICIPALITY, towns)
    return postal or _find_by_word(session, name)


def _municipalities_named(session: Session, name: str) -> frozenset[str]:
    return frozenset(session.scalars(_TOWNS_NAMED, {"name": name}))


def find_postal(session: Session, names: list[str]) -> Place | None:
    """Return the municipalities that postal places of these folded names are in."""
    if not names:
        return None
    numbers = frozenset(session.scalars(_TOWNS_OF_PLACE, {"names": names}))
    return Place(HitReason.PLACE, numbers) if numbers else None


def _find_by_word(session: Session, name: str) -> Place | None:
    """Find «Karasjok» in «Karasjohka Karasjok»."""
    if len(name) < SHORTEST_WORD:
        return None
    numbers = frozenset(session.scalars(_TOWNS_WITH_WORD, {"pattern": f"% {name} %"}))
    return Place(HitReason.MUNICIPALITY, numbers) if numbers else None


def _folded(typed: str) -> str:
    """Return the letters of a text as a folded name, without «kommune», «NAV» and digits."""
    words = fold_name(re.sub(r"\d+", " ", typed)).split()
    return " ".join(word for word in words if word not in _NOT_NAMES)


def _town_after_street(typed: str) -> str:
    """Return «oslo» of «Storgata 5, Oslo»; nothing where no house number or comma divides."""
    before, _, town = re.sub(r"\d+", ",", typed).rpartition(",")
    return _folded(town) if before else ""


_ARCTIC = {
    "svalbard": SVALBARD_NUMBER,
    "longyearbyen": SVALBARD_NUMBER,
    "jan mayen": JAN_MAYEN_NUMBER,
}
