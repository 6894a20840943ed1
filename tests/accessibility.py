"""Writes the accessibility statement's record and docs/accessibility.md from what tests noted.

Refuses while one promised cell is missing or unfinished.
"""

import calendar
import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any

from nav_access.core.tested import (
    RECORD_FILE,
    CheckedWith,
    Record,
    UsedWith,
    fingerprint,
    write_record,
)
from tests.journeys.promised import CHECKS, CLIENTS, JOURNEYS, LANGUAGES, Cell, cells
from tests.tested import FOLDER, PORTRAITS

ROOT = Path(__file__).parents[1]
TEMPLATE = Path(__file__).with_name("accessibility.md")
PAGE = ROOT / "docs" / "accessibility.md"
CLIENTS_SHOWN = PAGE.with_name("clients")
MONTHS_UNTIL_REVIEW = 6


@dataclass(frozen=True)
class Notes:
    """What the tests noted: the newest of each journey, and of each check in each test."""

    journeys: dict[Cell, dict[str, Any]]
    checks: tuple[dict[str, Any], ...]

    @property
    def tested(self) -> date:
        """The day of the oldest note: nothing here was tested earlier."""
        return min(_day(one) for one in (*self.journeys.values(), *self.checks))


def _day(note: dict[str, Any]) -> date:
    return datetime.fromisoformat(note["at"]).date()


def read_notes(folder: Path) -> Notes:
    """Return what lies in the folder."""
    lines = [
        json.loads(line)
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    lines.sort(key=lambda note: note["at"])
    promised = set(cells())
    journeys = {
        cell: one
        for one in lines
        if one["kind"] == "journey"
        and (cell := Cell(one["client"], one["journey"], one["lang"])) in promised
    }
    checks = {
        (one["tool"], one["lang"], one["test"]): one for one in lines if one["kind"] == "check"
    }
    return Notes(journeys, tuple(checks.values()))


def lacking(notes: Notes) -> list[str]:
    """Return what is promised and was not seen to hold, in words."""
    return [*_lacking_journeys(notes), *_lacking_checks(notes)]


def _lacking_journeys(notes: Notes) -> Iterable[str]:
    for cell in cells():
        note = notes.journeys.get(cell)
        if note is None:
            yield f"{' '.join(cell)}: not tried"
        elif not note["finished"]:
            yield f"{' '.join(cell)}: not finished"


def _lacking_checks(notes: Notes) -> Iterable[str]:
    for tool, languages in CHECKS.items():
        mine = [one for one in notes.checks if one["tool"] == tool]
        unseen = set(languages) - {one["lang"] for one in mine}
        yield from (f"{tool} {lang}: not run" for lang in sorted(unseen))
        if not all(one["finished"] for one in mine):
            yield f"{tool}: not finished"


def make_record(notes: Notes) -> Record:
    """Return what the statement states."""
    tested = notes.tested
    return Record(
        tested=tested,
        review=_months_later(tested, MONTHS_UNTIL_REVIEW),
        fingerprint=fingerprint(),
        tools=tuple(_tools(notes)),
        clients=tuple(_clients(notes)),
    )


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _tools(notes: Notes) -> Iterable[CheckedWith]:
    for name in _in_order(CHECKS, (one["tool"] for one in notes.checks)):
        mine = [one for one in notes.checks if one["tool"] == name]
        yield CheckedWith(
            name,
            mine[-1]["version"],
            _in_order(LANGUAGES, (one["lang"] for one in mine)),
            pages=sum(one["pages"] for one in mine),
            findings=sum(one["findings"] for one in mine),
        )


def _clients(notes: Notes) -> Iterable[UsedWith]:
    for name in _in_order(CLIENTS, (cell.client for cell in notes.journeys)):
        mine = {cell: note for cell, note in notes.journeys.items() if cell.client == name}
        yield UsedWith(
            name,
            list(mine.values())[-1]["version"],
            _in_order(LANGUAGES, (cell.lang for cell in mine)),
            journeys=len(mine),
            finished=sum(note["finished"] for note in mine.values()),
        )


def _in_order(known: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    """Return what was found, what we know first and in its order."""
    left = set(found)
    first = tuple(one for one in known if one in left)
    return first + tuple(sorted(left.difference(first)))


def write_page(notes: Notes, record: Record) -> str:
    """Return docs/accessibility.md."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        tested=record.tested.isoformat(),
        review=record.review.isoformat(),
        months=MONTHS_UNTIL_REVIEW,
        lacking=_lacking(notes),
        matrix=_matrix(notes, record.clients),
        portraits=_portraits(record.clients),
        checks=_table(
            ("Tool", "Version", "Languages", "Pages looked at", "Findings"),
            map(_check, record.tools),
        ),
    )


def _lacking(notes: Notes) -> str:
    missing = lacking(notes)
    if not missing:
        return "Everything promised was seen to hold."
    head = "**A draft.** Promised and not seen to hold in these runs:\n\n"
    return head + "\n".join(f"- {one}" for one in missing)


def _portraits(clients: tuple[UsedWith, ...]) -> str:
    lines = []
    for one in clients:
        shown = sorted(CLIENTS_SHOWN.glob(f"{one.name.lower()}-*"))
        links = ", ".join(f"[{path.name}](clients/{path.name})" for path in shown)
        lines.append(f"- {one.name}: {links or 'none'}")
    return "\n".join(lines)


def _check(one: CheckedWith) -> tuple[object, ...]:
    return one.name, one.version, " ".join(one.languages), one.pages, one.findings


def _matrix(notes: Notes, clients: tuple[UsedWith, ...]) -> str:
    def row(one: UsedWith) -> tuple[object, ...]:
        finished = (_finished(notes, one.name, journey) for journey in JOURNEYS)
        return one.name, one.version, *finished, _last_day(notes, one.name)

    return _table(("Client", "Version", *JOURNEYS.values(), "Tested"), map(row, clients))


def _finished(notes: Notes, client: str, journey: str) -> str:
    mine = {
        cell.lang: note
        for cell, note in notes.journeys.items()
        if (cell.client, cell.journey) == (client, journey)
    }
    shown = (
        lang if mine[lang]["finished"] else f"~~{lang}~~" for lang in _in_order(LANGUAGES, mine)
    )
    return " ".join(shown) or "–"


def _last_day(notes: Notes, client: str) -> date:
    return max(_day(note) for cell, note in notes.journeys.items() if cell.client == client)


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)


def main() -> int:
    """Write both, or say what is lacking; `--draft` writes the page all the same, and says so."""
    notes = read_notes(FOLDER)
    missing = lacking(notes)
    if missing:
        print("Promised and not seen to hold:", *missing, sep="\n  ")
    if missing and "--draft" not in sys.argv:
        print("The statement is not written.")
        return 1
    if PORTRAITS.is_dir():
        shutil.copytree(PORTRAITS, CLIENTS_SHOWN, dirs_exist_ok=True)
    record = make_record(notes)
    if not missing:
        RECORD_FILE.write_text(write_record(record), encoding="utf-8")
    PAGE.write_text(write_page(notes, record), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}{'' if missing else f', {RECORD_FILE.name}'}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
