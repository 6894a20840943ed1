"""The power is cut while requests are stored: what was acknowledged is there when it is back."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from nav_access.core.db import Database
from nav_access.intake import service
from tests.desk_factory import FOOD, submission
from tests.drills.power_cuts import cut_power
from tests.drills.recording_vfs import NAME, Recorder, Step

BEFORE = "before.sqlite3"
FORMS = 150
"""Enough for the write-ahead log to be moved into the database more than once."""


def store_forms(file: Path, keyring, now, *, relaxed: bool = False) -> list[Step]:
    """Receive requests through the recording VFS and return all it saw, receipts noted."""
    with Recorder() as recorder:
        database = Database(f"sqlite:///file:{file}?vfs={NAME}&uri=true", info={"keyring": keyring})
        if relaxed:
            event.listen(database.engine, "connect", _relax)
        for _ in range(FORMS):
            with database.unit_of_work() as session:
                receipt = service.receive(
                    session, FOOD, submission(keyring), keyring=keyring, now=now
                )
            recorder.note(receipt.number)
        database.dispose()
    return recorder.steps


def _relax(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")


def count_lost(steps: list[Step], file: Path, cuts: int, tmp_path: Path) -> int:
    """Return how many of the cuts lost at least one acknowledged request."""
    after = tmp_path / "after"
    after.mkdir()
    start = {str(file): (tmp_path / BEFORE).read_bytes()}
    return sum(
        not set(noted) <= _stored(after / file.name)
        for noted in cut_power(steps, start, cuts, after)
    )


def _stored(file: Path) -> set[str]:
    """Open the database as the site would after the cut; it must be sound."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {number for (number,) in connection.execute("SELECT number FROM cases")}


@pytest.fixture
def lost(sqlite_file: Path, tmp_path: Path, keyring, now):
    """Counts the cuts that lose something, of `cuts` at moments chosen by chance."""
    shutil.copyfile(sqlite_file, tmp_path / BEFORE)

    def count(cuts: int, *, relaxed: bool = False) -> int:
        steps = store_forms(sqlite_file, keyring, now, relaxed=relaxed)
        assert steps.count(Step("sync", str(sqlite_file))) > 1  # moved into the file
        found = count_lost(steps, sqlite_file, cuts, tmp_path)
        print(f"{cuts} cuts, {found} lost something acknowledged (relaxed: {relaxed})")
        return found

    return count


def test_power_cuts_lose_nothing(lost):
    assert lost(100) == 0


@pytest.mark.audit
def test_a_thousand_power_cuts_lose_nothing(lost):
    assert lost(1000) == 0


def test_the_drill_notices_that_a_relaxed_setting_loses_requests(lost):
    assert lost(60, relaxed=True) > 10
