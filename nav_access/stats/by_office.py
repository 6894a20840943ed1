"""Figures by office: each office that people may come to, and those that were asked of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.models import Office
from nav_access.offices.selections import OfficeChoice
from nav_access.stats.hiding import Count, Line, tell_table
from nav_access.stats.scope import Scope


@dataclass(frozen=True, slots=True)
class OfficeLines:
    """What is told of each office, by name, and of all; `unlisted` are those of whom nothing is."""

    lines: tuple[tuple[OfficeChoice, Line], ...]
    total: Line
    unlisted: int


def tell_offices(
    session: Session, scope: Scope, counts: Mapping[int, Sequence[Count]], columns: int
) -> OfficeLines:
    """Return what may be told of counts by office; an office without any has none of each.

    Of everything, offices of which nothing is told are left out: that they are there is known.
    """
    offices = {office.id: office for office in (*scope.offices, *_others(session, scope, counts))}
    nothing = (Count(),) * columns
    table = tell_table({id_: counts.get(id_, nothing) for id_ in offices}, is_whole=scope.is_whole)
    told = [(offices[id_], line) for id_, line in table.lines.items()]
    listed = tuple(row for row in told if not (scope.is_whole and row[1].is_hidden))
    return OfficeLines(listed, table.total, len(told) - len(listed))


def _others(
    session: Session, scope: Scope, counts: Mapping[int, Sequence[Count]]
) -> tuple[OfficeChoice, ...]:
    """Return the offices that are closed by now and were not then."""
    missing = set(counts) - scope.ids
    if not missing or not scope.is_whole:
        return ()
    rows = select(Office.id, Office.slug, Office.name).where(Office.id.in_(missing))
    return tuple(OfficeChoice(*row) for row in session.execute(rows.order_by(Office.name)))
