"""Where a text may be when it is not a name as it stands: one slip, or a beginning."""

from dataclasses import replace

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from nav_access.offices.codes import HitReason
from nav_access.offices.models import Postcode
from nav_access.offices.names import is_one_slip
from nav_access.offices.places import (
    IN_USE,
    SHORTEST_WORD,
    TOWN_NAMES,
    Place,
    find_postal,
    name_in,
)


def find_place_with_slip(session: Session, text: str) -> Place | None:
    """Return where a text is when one letter of a name is wrong; municipalities before places."""
    typed = name_in(text)
    name = TOWN_NAMES.c.search_name
    may_be = _is_nearly_as_long(name, typed) | name.contains(" ")
    towns = session.execute(select(TOWN_NAMES.c.number, name).where(may_be))
    near = frozenset(number for number, known in towns if _is_near(typed, known))
    if near:
        return Place(HitReason.SIMILAR, near)
    places = session.scalars(
        select(Postcode.search_place)
        .where(_is_nearly_as_long(Postcode.search_place, typed), IN_USE)
        .distinct()
    )
    found = find_postal(session, [place for place in places if is_one_slip(typed, place)])
    return replace(found, reason=HitReason.SIMILAR) if found else None


def find_places_beginning(session: Session, text: str) -> Place | None:
    """Return the municipalities whose name, or else a place in which, begins as typed."""
    typed = name_in(text)
    if len(typed) < SHORTEST_WORD:
        return None
    towns = select(TOWN_NAMES.c.number).where(TOWN_NAMES.c.search_name.startswith(typed))
    places = select(Postcode.municipality_number).where(
        Postcode.search_place.startswith(typed), IN_USE
    )
    numbers = frozenset(session.scalars(towns)) or frozenset(session.scalars(places.distinct()))
    return Place(HitReason.PLACE, numbers) if numbers else None


def _is_nearly_as_long(name: SQLColumnExpression[str], typed: str) -> ColumnElement[bool]:
    return func.length(name).between(len(typed) - 1, len(typed) + 1)


def _is_near(typed: str, known: str) -> bool:
    return is_one_slip(typed, known) or any(is_one_slip(typed, word) for word in known.split())
