"""The record of what the public pages were tested with is that of the pages as they are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nav_access.core.tested import (
    CheckedWith,
    Record,
    UsedWith,
    fingerprint,
    load_record,
    read_record,
    write_record,
)

RECORD = Record(
    tested=date(2026, 11, 23),
    review=date(2027, 5, 23),
    fingerprint="ab12",
    tools=(CheckedWith("axe-core", '4.11 "next"', ("nb", "ar"), 312, 0),),
    clients=(UsedWith("Lynx", "2.9.0dev.12\\x", ("nb",), 4, 3),),
)


def test_the_pages_are_the_ones_that_were_tested():
    said = "a public page changed since: run `make statement`, which tests them and writes anew"
    assert load_record().fingerprint == fingerprint(), said


def test_the_record_is_not_past_its_day():
    assert datetime.now(UTC).date() < load_record().review, "run `make statement`"


def test_a_record_written_is_read_the_same():
    assert read_record(write_record(RECORD)) == RECORD


def test_a_record_without_its_day_is_refused():
    with pytest.raises(KeyError):
        read_record(write_record(RECORD).replace("review", "later"))


def test_a_record_of_nothing_can_be_read():
    nothing = replace(RECORD, tools=(), clients=())
    assert read_record(write_record(nothing)) == nothing


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name in ("templates/citizen/help.html", "static/citizen.css", "templates/desk/x.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a page")
    return tmp_path


@pytest.mark.parametrize("name", ["templates/citizen/help.html", "static/citizen.css"])
def test_a_changed_public_page_has_another_fingerprint(pages: Path, name: str):
    before = fingerprint(pages)
    (pages / name).write_text("a pagf")
    assert fingerprint(pages) != before


def test_a_page_moved_added_or_gone_has_another_fingerprint(pages: Path):
    seen = {fingerprint(pages)}
    page = pages / "templates/citizen/help.html"
    page.rename(page.with_name("ask.html"))
    seen.add(fingerprint(pages))
    page.write_text("")
    seen.add(fingerprint(pages))
    page.with_name("ask.html").unlink()
    seen.add(fingerprint(pages))
    assert len(seen) == 4


def test_a_page_of_the_staff_counts_for_nothing(pages: Path):
    before = fingerprint(pages)
    (pages / "templates/desk/x.html").write_text("another page")
    assert fingerprint(pages) == before
