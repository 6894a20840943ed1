"""Which offices' queues a staff member may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from nav_access.offices.models import Office
from nav_access.staff.rules import Who


class OfficeNotTheirs(Exception):
    """No such office for this reader: unknown and somebody else's alike."""


@dataclass(frozen=True, slots=True)
class DeskOffice:
    """An office whose queue a staff member may read."""

    id: int
    slug: str
    name: str


def list_desk_offices(session: Session, who: Who) -> tuple[DeskOffice, ...]:
    """Return the offices whose cases this staff member may read, by name."""
    found = session.execute(_OFFICES, {"office_ids": tuple(who.office_ids)})
    return tuple(DeskOffice(*row) for row in found)


_OFFICES = (
    select(Office.id, Office.slug, Office.name)
    .where(Office.id.in_(bindparam("office_ids", expanding=True)))
    .order_by(Office.name, Office.id)
)


def find_desk_office(offices: Iterable[DeskOffice], slug: str) -> DeskOffice:
    """Return the office asked for, the first when none was; OfficeNotTheirs otherwise."""
    for office in offices:
        if slug in {office.slug, ""}:
            return office
    raise OfficeNotTheirs
