"""What is erased is gone from the database's files: sealed bytes, indexes, and the key to them."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select
from sqlalchemy.engine import make_url

from nav_access.core.db import Database
from nav_access.core.retention import CASES
from nav_access.erasing.cases import erase_asked
from nav_access.erasing.service import run_retention
from nav_access.intake import person
from nav_access.intake.models import Case
from nav_access.migrations.tables import METADATA
from tests.desk_factory import FOOD, Desk, submission
from tests.drills.test_canaries import SIGNS

PIECE = 16
"""Bytes by which something sealed is known: no two of these are alike by chance."""
MANY = 50
KEPT_NAMES = {"submission"}
PLAIN = (
    "Kari Ås",
    "+479123450",
    "Grønn ugle",
    "kari@example.org",
    "Kjøleskapet er tomt",
    "Huset er kaldt",
)


@pytest.fixture
def sqlite(sqlite_file, keyring):
    """A database in a file of SQLite, whichever the run is for, and its address."""
    url = f"sqlite:///{sqlite_file}"
    database = Database(url, info={"keyring": keyring})
    yield database, url
    database.dispose()


def make_desk(database, keyring, now):
    """Make a desk with cases of very different length, some of which their persons added to."""
    desk = Desk(database, keyring, now, suffix="-i-elva")
    desk.numbers = [
        desk.receive(
            message="Kjøleskapet er tomt. " * n,
            # Each another phone: the same one has the same index in all its cases.
            wishes=replace(FOOD.wishes, phone=f"+479123450{n}", code_word="Grønn ugle"),
        ).number
        for n in range(10, 34)
    ]
    for number in desk.numbers[::2]:
        add(desk, number)
    return desk


def add(desk, number):
    with desk.database.unit_of_work() as session:
        given = {"keyring": desk.keyring, "now": desk.now}
        once = submission(desk.keyring)
        person.add_information(session, number, "Huset er kaldt. " * 20, frozenset(), once, **given)


def secrets_of(desk, numbers):
    """Return pieces of all bytes that stand in the rows of some cases."""
    wanted = select(Case.id).where(Case.number.in_(numbers))
    found = set()
    with desk.database.read_session() as session:
        for name in CASES.tables:
            table = METADATA.tables[name]
            key = table.c.get("case_id", table.c.id if name == "cases" else None)
            if key is None:
                continue
            columns = [c for c in table.c if isinstance(c.type, LargeBinary)]
            for column in columns:
                if column.name not in KEPT_NAMES:
                    values = session.scalars(select(column).where(key.in_(wanted)))
                    found |= {piece for value in values if value for piece in pieces(value)}
    return found


def pieces(value):
    """Return the beginning, the middle and the end of some bytes."""
    middle = len(value) // 2
    return {value[:PIECE], value[middle : middle + PIECE], value[-PIECE:]} - {b"\0" * PIECE}


def content_of(url):
    """Return all that a database's files hold, without PostgreSQL's log."""
    if url.startswith("sqlite"):
        file = Path(make_url(url).database)
        return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    folder = Path(str(make_url(url).query["host"]))
    files = [Path(at, one) for at, _, ones in os.walk(folder) for one in ones if "/base/" in at]
    return b"".join(one.read_bytes() for one in files if one.is_file())


def erase_every_third(desk):
    """Erase some cases as their persons asked; return what they held, and what others hold."""
    gone = set(desk.numbers[::3])
    before = secrets_of(desk, gone)
    for number in gone:
        with desk.database.unit_of_work() as session:
            assert erase_asked(session, number, actor="cli", now=desk.now)
    return before, secrets_of(desk, set(desk.numbers) - gone)


def test_nothing_of_an_erased_case_is_in_the_files_of_sqlite(sqlite, keyring, now):
    database, url = sqlite
    desk = make_desk(database, keyring, now)
    gone, kept = erase_every_third(desk)
    run_retention(desk.database, desk.keyring, now=desk.now)
    content = content_of(url)
    assert len(gone) > 80
    assert not [piece for piece in gone if piece in content]
    assert all(piece in content for piece in sorted(kept)[:MANY])
    assert not [sign for sign in (*PLAIN, *SIGNS) if _bytes(sign) in content]


def _bytes(sign):
    return sign if isinstance(sign, bytes) else sign.encode()


def test_the_search_finds_what_stands_in_the_log_of_sqlite(sqlite, keyring, now):
    database, url = sqlite
    gone, _ = erase_every_third(make_desk(database, keyring, now))
    content = content_of(url)
    assert any(piece in content for piece in gone)


@pytest.mark.audit
def test_while_somebody_reads_it_is_left_for_the_next_run(sqlite, keyring, now, caplog):
    database, url = sqlite
    desk = make_desk(database, keyring, now)
    gone, _ = erase_every_third(desk)
    with closing(sqlite3.connect(make_url(url).database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM cases").fetchall()
        run_retention(desk.database, desk.keyring, now=desk.now)
    assert "until the next run" in caplog.text
    run_retention(desk.database, desk.keyring, now=desk.now)
    content = content_of(url)
    assert not [piece for piece in gone if piece in content]
