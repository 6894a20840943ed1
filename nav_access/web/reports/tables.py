"""Tables of figures as a page shows them and a file holds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from nav_access.core.i18n.wording import N_, words_in
from nav_access.stats.by_office import OfficeLines
from nav_access.stats.hiding import LEAST, Figure, Line, Told
from nav_access.web.shared.dates import say_number
from nav_access.web.shared.templating import current_locale

MOST_ROWS = 200
"""On a page; a file holds all."""

FEWER = N_("fewer than %(number)s")
OR_MORE = N_("%(number)s or more")
NOT_TOLD = N_("not told")
TOGETHER = N_("Together")
OFFICE = N_("Office")
MINUTES_AN_HOUR = 60

Value = int | float | str
"""What a file holds; a page shows it in the reader's words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number, or words. `language` is that of words of an office's own."""

    value: Value
    language: str | None = None

    @property
    def text(self) -> str:
        """How a page shows it."""
        if isinstance(self.value, str):
            return self.value
        return say_number(self.value, current_locale())


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is of, and its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names its file, the first column is what each row is of."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows there is room for on a page."""
        return self.rows[:MOST_ROWS]


@dataclass(frozen=True, slots=True)
class Report:
    """A subject's tables, and what is counted in them and what is not, in a sentence."""

    told: str
    tables: tuple[Table, ...]


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the reader's language, filled."""
    return words_in(current_locale()).text(sentence, **values)


def say_figure(figure: Figure) -> Cell:
    """Say a figure as it is told."""
    if figure.told is Told.EXACT:
        return Cell(figure.value)
    if figure.told is Told.FEW:
        return Cell(say(FEWER, number=LEAST))
    if figure.told is Told.AT_LEAST:
        return Cell(say(OR_MORE, number=say_number(figure.value, current_locale())))
    return Cell(say(NOT_TOLD))


def say_line(line: Line) -> tuple[Cell, ...]:
    """Say the figures of a line, and their sum."""
    return tuple(map(say_figure, (*line.figures, line.total)))


def hours(minutes: int) -> Cell:
    """Return minutes as hours with a tenth."""
    return Cell(round(minutes / MINUTES_AN_HOUR, 1))


def office_table(caption: str, columns: Sequence[str], told: OfficeLines) -> Table:
    """Return the table of offices, with their sums and how many are not in it."""
    unlisted = N_("Offices of which nothing is told are not in the table: %(count)s.")
    return Table(
        key="offices",
        caption=say(caption),
        columns=tuple(map(say, (OFFICE, *columns, TOGETHER))),
        rows=tuple(Row(office.name, say_line(line)) for office, line in told.lines),
        total=total_row(say_line(told.total)) if told.lines or told.unlisted else None,
        notes=(say(unlisted, count=told.unlisted),) if told.unlisted else (),
    )


def total_row(cells: tuple[Cell, ...]) -> Row:
    """Return the row of sums."""
    return Row(say(TOGETHER), cells)
