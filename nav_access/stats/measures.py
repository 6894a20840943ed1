"""What offices do to make up for few opening hours, in force at some time of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.measures import list_measures_between
from nav_access.offices.models import Office
from nav_access.offices.selections import OfficeChoice
from nav_access.stats.periods import Period
from nav_access.stats.scope import Scope


@dataclass(frozen=True, slots=True)
class InForce:
    """A measure in its office's own words and language."""

    office: OfficeChoice
    kind: MeasureKind
    words: str
    language: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many measures of a kind there are, and at how many offices."""

    kind: MeasureKind
    measures: int
    offices: int


def list_in_force(session: Session, scope: Scope, period: Period) -> tuple[InForce, ...]:
    """Return the measures that hold on a day of the period at least, by office."""
    offices = {office.id: office for office in scope.offices}
    languages = _list_languages(session, scope)
    found = [
        InForce(
            offices[row.office_id],
            row.kind,
            row.words,
            languages[row.office_id],
            row.from_date,
            row.until_date,
        )
        for row in list_measures_between(session, period.first, period.last, scope.ids)
    ]
    return tuple(sorted(found, key=lambda one: (one.office.name, one.office.id, one.first)))


def count_kinds(measures: Sequence[InForce]) -> tuple[KindCount, ...]:
    """Return how many there are of each kind."""
    found = []
    for kind in MeasureKind:
        offices = [one.office.id for one in measures if one.kind is kind]
        found.append(KindCount(kind, len(offices), len(set(offices))))
    return tuple(found)


def _list_languages(session: Session, scope: Scope) -> Mapping[int, str]:
    """Return the language each office writes in."""
    rows = session.execute(select(Office.id, Office.language).where(Office.id.in_(scope.ids)))
    return {row.id: row.language for row in rows}
