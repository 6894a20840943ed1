"""Which offices' queues a staff member may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
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
    statement = (
        select(Office.id, Office.slug, Office.name)
        .where(Office.id.in_(who.office_ids))
        .order_by(Office.name, Office.id)
    )
    return tuple(DeskOffice(*row) for row in session.execute(statement))


def find_desk_office(offices: Iterable[DeskOffice], slug: str) -> DeskOffice:
    """Return the office asked for, the first when none was; OfficeNotTheirs otherwise."""
    for office in offices:
        if slug in {office.slug, ""}:
            return office
    raise OfficeNotTheirs
