"""What agencies' help comes to: how much of the office's work others do."""

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.stats.burden import Burden, Helping, Kind, count_burden
from nav_access.stats.hiding import Line
from nav_access.stats.hiding import Table as ToldTable
from nav_access.web.reports.access import reader
from nav_access.web.reports.asking import Asked
from nav_access.web.reports.tables import (
    OFFICE,
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
    "Counted: requests agencies sent for people, by the municipality the person stays in. "
    "Minutes are as the agencies counted them: “up to 30 minutes” is 30. Not counted: help "
    "nobody counted, and protected persons."
)
CAPTION = N_("Requests and minutes, by municipality and agency")
KIND_CAPTION = N_("Requests and minutes, by kind of help")
MUNICIPALITY, AGENCY = N_("Municipality"), N_("Agency")
REQUESTS, MINUTES = N_("Requests"), N_("Minutes")
KIND = N_("Kind of help")
UNLISTED = N_("Agencies with fewer than 5 people in a municipality are not in the table.")
NO_KINDS = N_("Kinds of help are not told here: they would tell of few people.")
KINDS_OF_ALL = N_("Kinds of help are told for all offices together.")
KINDS_OF_ONE = N_("Kinds of help are told for one office at a time.")
KINDS = {
    **{Kind(kind): words for kind, words in ONE_KIND.items()},
    Kind.SEVERAL: N_("Several of these for one person"),
    Kind.NOT_TOLD: N_("The agency counted no time"),
}


def report(session: Session, asked: Asked) -> Report:
    """Return what agencies did, by where and by kind."""
    burden = count_burden(session, reader(), asked.scope, asked.period)
    tables = (_by_agency(burden, asked), *((_by_kind(burden.kinds),) if burden.kinds else ()))
    return Report(say(TOLD), tables)


def _by_agency(burden: Burden, asked: Asked) -> Table:
    has_office = not reader().sees_all and len(asked.scope.offices) > 1
    places = (OFFICE, MUNICIPALITY) if has_office else (MUNICIPALITY,)
    blank = (Cell(""),) * len(places)
    notes = [*([UNLISTED] if burden.unlisted else []), *_why_no_kinds(burden, asked)]
    return Table(
        key="municipalities",
        caption=say(CAPTION),
        columns=tuple(map(say, (*places, AGENCY, REQUESTS, MINUTES))),
        rows=tuple(_row(*one, has_office=has_office) for one in burden.helping),
        total=total_row((*blank, *_figures(burden.total))) if burden.helping else None,
        notes=tuple(map(say, notes)),
    )


def _why_no_kinds(burden: Burden, asked: Asked) -> tuple[str, ...]:
    if burden.kinds is not None:
        return ()
    if reader().sees_all:
        return (NO_KINDS if asked.scope.is_whole else KINDS_OF_ALL,)
    return (NO_KINDS if len(asked.scope.offices) == 1 else KINDS_OF_ONE,)


def _row(helping: Helping, line: Line, *, has_office: bool) -> Row:
    cells = (Cell(helping.agency), *_figures(line))
    if not has_office:
        return Row(helping.municipality, cells)
    return Row(helping.office, (Cell(helping.municipality), *cells))


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
