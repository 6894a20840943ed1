"""What agencies' help comes to: how much of the office's work others do."""

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.burden import Burden, Helping, Kind, count_burden
from nav_access.stats.hiding import Line
from nav_access.stats.hiding import Table as ToldTable
from nav_access.web.reports.access import reader
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import (
    Cell,
    Report,
    Row,
    Table,
    say,
    say_figure,
    total_row,
)
from nav_access.web.shared.signed_in.acting_words import KINDS as ONE_KIND

TITLE = N_("What agencies do")
TOLD = N_(
    "Counted: requests agencies sent for people, by where the person lives, and the minutes the "
    "agencies have counted, by the steps they are counted in. Not counted: help nobody counted, "
    "and protected persons."
)
CAPTION = N_("Requests and minutes, by municipality and agency")
KIND_CAPTION = N_("Requests and minutes, by kind of help")
MUNICIPALITY, AGENCY = N_("Municipality"), N_("Agency")
REQUESTS, MINUTES = N_("Requests"), N_("Minutes")
KIND = N_("Kind of help")
UNLISTED = N_("Agencies with fewer than 5 people in a municipality are not in the table.")
NO_KINDS = N_("Kinds of help are told for the whole, and only where that tells of no few people.")
KINDS = {
    **{Kind(kind): words for kind, words in ONE_KIND.items()},
    Kind.SEVERAL: N_("Several of these for one person"),
    Kind.NOT_TOLD: N_("The agency counted no time"),
}


def report(session: Session, asked: Asked) -> Report:
    """Return what agencies did, by where and by kind."""
    burden = count_burden(session, reader(), asked.scope, asked.period)
    tables = (_by_agency(burden), *((_by_kind(burden.kinds),) if burden.kinds else ()))
    return Report(say(TOLD), tables)


def _by_agency(burden: Burden) -> Table:
    total = (Cell(""), *_figures(burden.total)) if burden.helping else None
    notes = [
        *([say(UNLISTED)] if burden.unlisted else []),
        *([say(NO_KINDS)] if burden.kinds is None else []),
    ]
    return Table(
        key="municipalities",
        caption=say(CAPTION),
        columns=tuple(map(say, (MUNICIPALITY, AGENCY, REQUESTS, MINUTES))),
        rows=tuple(_row(helping, line) for helping, line in burden.helping),
        total=total_row(total) if total else None,
        notes=tuple(notes),
    )


def _row(helping: Helping, line: Line) -> Row:
    return Row(helping.municipality, (Cell(helping.agency), *_figures(line)))


def _by_kind(kinds: ToldTable[Kind]) -> Table:
    return Table(
        key="kinds",
        caption=say(KIND_CAPTION),
        columns=tuple(map(say, (KIND, REQUESTS, MINUTES))),
        rows=tuple(Row(say(KINDS[kind]), _figures(line)) for kind, line in kinds.lines.items()),
        total=total_row(_figures(kinds.total)),
    )


def _figures(line: Line) -> tuple[Cell, ...]:
    return tuple(map(say_figure, line.figures))
