"""Which offices' queues a staff member may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import starmap

from sqlalchemy import bindparam, select

from nav_access.core.db import Connection
from nav_access.core.prepared import Prepared
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


def list_desk_offices(connection: Connection, who: Who) -> tuple[DeskOffice, ...]:
    """Return the offices whose cases this staff member may read, by name."""
    if not who.office_ids:
        return ()
    if len(who.office_ids) == 1:
        found = _OFFICE.all(connection, {"office_id": next(iter(who.office_ids))})
        return tuple(starmap(DeskOffice, found))
    several = connection.execute(_OFFICES, {"office_ids": tuple(who.office_ids)})
    return tuple(DeskOffice(*row) for row in several)


_COLUMNS = select(Office.id, Office.slug, Office.name).order_by(Office.name, Office.id)
# Most people have one office, and every look at the queue asks for it.
_OFFICE = Prepared(lambda _: _COLUMNS.where(Office.id == bindparam("office_id")))
_OFFICES = _COLUMNS.where(Office.id.in_(bindparam("office_ids", expanding=True)))


def find_desk_office(offices: Iterable[DeskOffice], slug: str) -> DeskOffice:
    """Return the office asked for, the first when none was; OfficeNotTheirs otherwise."""
    for office in offices:
        if slug in {office.slug, ""}:
            return office
    raise OfficeNotTheirs
