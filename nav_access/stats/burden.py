"""What agencies' help comes to: how much of the office's work others do, without any names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, literal, select, true
from sqlalchemy.orm import Session

from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.acting.models import Consent
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_for_everybody
from nav_access.offices.models import Municipality, Office
from nav_access.partners.models import Agency
from nav_access.stats.hiding import (
    Count,
    Line,
    Table,
    tell_division,
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
    office: str = ""
    """Which of a manager's offices has the cases; empty where all offices are one."""


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
    by kind and by agency at once would tell of few people. A part of all is told by its lines,
    and so are several offices, each of which can be asked for alone.
    """
    is_counted = true() if reader.sees_all else scope.holds(Case.office_id)
    is_one = scope.is_whole or (not reader.sees_all and len(scope.offices) == 1)
    counts = _count_by_agency(session, period, is_counted, by_office=not reader.sees_all)
    if not is_one:
        return _tell(tell_table(_asked_for(counts, reader, scope), is_whole=False), None)
    table = tell_table(counts, is_whole=True)
    return _tell(table, tell_division(table, _count_by_kind(session, period, is_counted)))


def _asked_for(
    counts: Mapping[Helping, list[Count]], reader: Reader, scope: Scope
) -> Mapping[Helping, list[Count]]:
    if not reader.sees_all:
        return counts
    return {key: count for key, count in counts.items() if key.number in scope.municipalities}


def _tell(table: Table[Helping], kinds: Table[Kind] | None) -> Burden:
    listed = [(key, line) for key, line in sorted(table.lines.items()) if not line.is_hidden]
    return Burden(tuple(listed), table.total, len(listed) < len(table.lines), kinds)


def _count_by_agency(
    session: Session, period: Period, is_counted: ColumnElement[bool], *, by_office: bool
) -> dict[Helping, list[Count]]:
    office = Office.name if by_office else literal("")
    name = func.coalesce(Municipality.name, Consent.municipality)
    rows = session.execute(
        select(office, Consent.municipality, name, Agency.name, *_FIGURES)
        .select_from(Consent)
        .join(Case, Case.id == Consent.case_id)
        .join(Office, Office.id == Case.office_id)
        .join(Agency, Agency.id == Consent.agency_id)
        .outerjoin(Municipality, Municipality.number == Consent.municipality)
        .where(*_in(period), is_counted)
        .group_by(Consent.municipality, Municipality.name, Agency.name, *([office] * by_office))
    )
    return {
        Helping(municipality, agency, number, named): _to_counts(*figures)
        for named, number, municipality, agency, *figures in rows
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
