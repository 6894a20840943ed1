"""The writer of the accessibility statement: it knows what is lacking, and counts what is not."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nav_access.core.tested import read_record, write_record
from tests import tested
from tests.accessibility import Notes, lacking, make_record, read_notes, write_page
from tests.journeys.promised import CHECKS, Cell, cells

LYNX = Cell("Lynx", "help", "nb")
AXE = ("axe-core", "nb")


def note(kind: str, **said: Any) -> dict[str, Any]:
    noted = {"kind": kind, "version": "1.2", "test": "t", "finished": True}
    return noted | {"at": "2026-08-31T10:00:00+00:00"} | said


def complete() -> list[dict[str, Any]]:
    journeys = [note("journey", **cell._asdict()) for cell in cells()]
    return journeys + [
        note("check", tool=tool, lang=lang, pages=3, findings=0)
        for tool, languages in CHECKS.items()
        for lang in languages
    ]


def read(folder: Path, lines: list[dict[str, Any]]) -> Notes:
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_notes(folder)


def test_all_that_is_promised_is_enough(tmp_path: Path) -> None:
    notes = read(tmp_path, complete())
    assert lacking(notes) == []
    record = make_record(notes)
    assert (record.tested, record.review) == (date(2026, 8, 31), date(2027, 2, 28))
    assert [one.pages for one in record.tools] == [12, 12, 12, 6]
    assert all(one.finished == one.journeys for one in record.clients)
    assert read_record(write_record(record)) == record
    assert "| Lynx | 1.2 | nb en ar ti |" in write_page(notes, record)


@pytest.mark.parametrize("index", [0, 17, -1, -14])
def test_what_is_missing_is_told(tmp_path: Path, index: int) -> None:
    lines = complete()
    gone = lines.pop(index)
    told = lacking(read(tmp_path, lines))
    assert len(told) == 1
    assert gone["lang"] in told[0]
    notes = read(tmp_path, lines)
    assert f"\n- {told[0]}\n" in write_page(notes, make_record(notes))


def test_the_last_run_stands(tmp_path: Path) -> None:
    late = {"at": "2026-09-01T10:00:00+00:00", "finished": False}
    again = [note("journey", **LYNX._asdict(), **late)]
    again.append(note("check", tool=AXE[0], lang=AXE[1], pages=3, findings=2, **late))
    notes = read(tmp_path, complete() + again)
    assert lacking(notes) == ["Lynx help nb: not finished", "axe-core: not finished"]
    assert make_record(notes).tools[0].findings == 2


def test_nothing_noted_is_everything_lacking(tmp_path: Path) -> None:
    assert len(lacking(read(tmp_path, []))) == len(cells()) + sum(map(len, CHECKS.values()))


@pytest.mark.parametrize("passed", [True, False])
def test_a_test_that_failed_is_noted_too(
    passed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(tested, "FOLDER", tmp_path)
    request.node.stash[tested.PASSED] = passed
    noted = tested.Tested()
    noted.journey(**LYNX._asdict(), version="1")
    noted.check(tool="axe-core", version="1", lang="nb", pages=2, findings=0)
    noted.check(tool="axe-core", version="1", lang="nb", pages=3, findings=1)
    tested._write(noted, request.node)
    notes = read_notes(tmp_path)
    assert notes.journeys[LYNX]["finished"] is passed
    assert [(one["pages"], one["findings"]) for one in notes.checks] == [(5, 1)]
