"""Which municipality a request is about, before it is stored anywhere."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nav_access.offices.cards import find_public_card, match_place
from nav_access.offices.models import Office, OfficeArea, Postcode, Reception


def find_municipalities(session: Session, place: str, slug: str) -> frozenset[str]:
    """Return the municipalities a place and a chosen office can mean; empty when unknown.

    An office chosen decides: a request goes where it serves, whatever else was written.
    """
    match = match_place(session, place) if place else None
    named = frozenset({match.municipality_number} if match and match.municipality_number else ())
    chosen = find_public_card(session, slug)
    if chosen is not None:
        served = list_served(session, chosen.id)
        return served & named or served
    if named or match is None:
        return named
    return frozenset().union(*(list_served(session, each.id) for each in match.offices))


def list_served(session: Session, office_id: int) -> frozenset[str]:
    """Return the municipalities an office serves; where none is known, that of its door."""
    areas = (
        select(OfficeArea.municipality_number)
        .join(Office, Office.number == OfficeArea.office_number)
        .where(Office.id == office_id)
    )
    doors = select(Reception.postcode).where(Reception.office_id == office_id)
    own = select(Office.postcode).where(Office.id == office_id)
    codes = or_(Postcode.code.in_(doors), Postcode.code.in_(own))
    known = frozenset(session.scalars(areas))
    return known or frozenset(session.scalars(select(Postcode.municipality_number).where(codes)))
