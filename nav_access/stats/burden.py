"""What agencies' help comes to: how much of the office's work others do, without any names."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.acting.models import Consent
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_for_everybody
from nav_access.offices.models import Municipality
from nav_access.partners.models import Agency
from nav_access.stats.hiding import (
    NOT_TOLD,
    Count,
    Line,
    Table,
    tell_division,
    tell_sum,
    tell_table,
)
from nav_access.stats.periods import Period
from nav_access.stats.scope import Reader, Scope


class Kind(StrEnum):
    """What an agency spent its time on for one person. What was several is not divided."""

    FORM = HelpKind.FORM
    LETTER = HelpKind.LETTER
    WAITING = HelpKind.WAITING
    FOLLOWING = HelpKind.FOLLOWING
    SEVERAL = "several"
    NOT_TOLD = "not_told"
    """The agency has not counted its time."""


@dataclass(frozen=True, slots=True, order=True)
class Helping:
    """An agency in a municipality, by name."""

    municipality: str
    agency: str
    number: str
    """The municipality's."""


@dataclass(frozen=True, slots=True)
class Burden:
    """Requests agencies sent and the minutes they counted, in this order.

    `kinds` is None where telling them would tell of few people, and where a part was asked for.
    """

    helping: tuple[tuple[Helping, Line], ...]
    total: Line
    unlisted: bool
    kinds: Table[Kind] | None


def count_burden(session: Session, reader: Reader, scope: Scope, period: Period) -> Burden:
    """Count the requests sent in a period, by agency and municipality, and by kind of help.

    A manager's are those of their offices. Whoever sees all is told of municipalities: by office,
    by kind and by agency at once would tell of few people; a part of all is told by its lines.
    """
    is_counted = true() if reader.sees_all else scope.holds(Case.office_id)
    counts = _count_by_agency(session, period, is_counted)
    table = tell_table(counts, is_whole=True)
    kinds = tell_division(table, _count_by_kind(session, period, is_counted))
    if not reader.sees_all or scope.is_whole:
        return _tell(table, kinds)
    asked = [key for key in counts if key.number in scope.municipalities]
    sums = zip(*(counts[key] for key in asked), strict=True)
    total = tuple(tell_sum(column) for column in sums)
    part = {key: table.lines[key] for key in asked}
    return _tell(Table(part, Line(total, NOT_TOLD)), None)


def _tell(table: Table[Helping], kinds: Table[Kind] | None) -> Burden:
    listed = [(key, line) for key, line in sorted(table.lines.items()) if not line.is_hidden]
    return Burden(tuple(listed), table.total, len(listed) < len(table.lines), kinds)


def _count_by_agency(
    session: Session, period: Period, is_counted: ColumnElement[bool]
) -> dict[Helping, list[Count]]:
    name = func.coalesce(Municipality.name, Consent.municipality)
    rows = session.execute(
        select(Consent.municipality, name, Agency.name, *_FIGURES)
        .join(Case, Case.id == Consent.case_id)
        .join(Agency, Agency.id == Consent.agency_id)
        .outerjoin(Municipality, Municipality.number == Consent.municipality)
        .where(*_in(period), is_counted)
        .group_by(Consent.municipality, Municipality.name, Agency.name)
    )
    return {
        Helping(municipality, agency, number): _to_counts(*figures)
        for number, municipality, agency, *figures in rows
    }


def _count_by_kind(
    session: Session, period: Period, is_counted: ColumnElement[bool]
) -> dict[Kind, list[Count]]:
    rows = session.execute(
        select(Consent.help_kinds, *_FIGURES)
        .join(Case, Case.id == Consent.case_id)
        .where(*_in(period), is_counted)
        .group_by(Consent.help_kinds)
    )
    found: dict[Kind, list[list[Count]]] = defaultdict(list)
    for kinds, *figures in rows:
        found[_kind(kinds)].append(_to_counts(*figures))
    nothing = [[Count(), Count()]]
    return {
        kind: [sum(column, Count()) for column in zip(*(found[kind] or nothing), strict=True)]
        for kind in Kind
    }


def _kind(kinds: tuple[str, ...]) -> Kind:
    if len(kinds) > 1:
        return Kind.SEVERAL
    return Kind(kinds[0]) if kinds else Kind.NOT_TOLD


_FIGURES = (
    func.count(),
    func.sum(Consent.help_minutes),
    func.count(Consent.case_id.distinct()),
)


def _to_counts(requests: int, minutes: int, people: int) -> list[Count]:
    return [Count(requests, people), Count(int(minutes), people)]


def _in(period: Period) -> tuple[ColumnElement[bool], ...]:
    is_then = Consent.given_utc >= period.since, Consent.given_utc < period.until
    return (*is_then, is_for_everybody())
