"""Why files are rewritten: what deleting alone leaves in them, counted, for docs/retention.md."""

import random
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from nav_access.core.db import Database
from tests.drills.test_erased_bytes import content_of, erase_every_third, make_desk

ROWS, GONE = 3000, 1000
ORDERS = {"as they come": None, "in any order": 1}


def fill(database, order):
    """Store rows of different lengths, change some, and delete a third of the keys."""
    chance = random.Random(1)
    keys = {}
    with database.engine.connect() as connection:
        run = connection.exec_driver_sql
        run("CREATE TABLE kept (id INTEGER PRIMARY KEY, key BLOB, more TEXT)")
        run("BEGIN IMMEDIATE")
        for n in range(1, ROWS + 1):
            row = n if order is None else chance.randrange(10**9)
            keys[row] = chance.randbytes(61)
            run("INSERT INTO kept VALUES (?, ?, ?)", (row, keys[row], "x" * chance.randrange(300)))
            other = chance.choice(list(keys)[-50:])
            run("UPDATE kept SET more = ? WHERE id = ?", ("y" * chance.randrange(400), other))
        gone = chance.sample(list(keys), GONE)
        for row in gone:
            run("UPDATE kept SET key = NULL WHERE id = ?", (row,))
        run("COMMIT")
    return [keys[row] for row in gone]


@pytest.mark.audit
@pytest.mark.parametrize("order", ORDERS)
def test_a_page_that_was_split_keeps_copies_until_the_file_is_rewritten(tmp_path, order):
    url = f"sqlite:///{tmp_path / 'split.sqlite3'}"
    with closing_database(url) as database:
        gone = fill(database, ORDERS[order])
        assert database.leave_nothing_behind(is_rewritten=False)
        left = count(gone, url)
        assert database.leave_nothing_behind(is_rewritten=True)
        print(f"{order}: {left} of {GONE} deleted keys are left in the gaps, rewritten: ", end="")
        print(count(gone, url))
        assert count(gone, url) == 0 < left


def closing_database(url):
    database = Database(url)
    database.close = database.dispose
    return closing(database)


def count(pieces, url):
    content = content_of(url)
    return sum(piece[:16] in content or piece[-16:] in content for piece in pieces)


@pytest.mark.audit
def test_what_deleting_and_vacuuming_leave(database, database_url, keyring, now):
    gone, _ = erase_every_third(make_desk(database, keyring, now))
    steps = ["VACUUM"] if database_url.startswith("sqlite") else ["", "VACUUM", "VACUUM FULL"]
    for step in steps:
        vacuum(database, database_url, step)
        left = count(gone, database_url)
        print(f"{step or 'erased'}: {left} of {len(gone)} pieces are left in the tables")
    assert left == 0


def vacuum(database, url, how):
    """Vacuum, and let the database put into its files what it holds beside them."""
    if url.startswith("sqlite"):
        assert database.leave_nothing_behind(is_rewritten=True)
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in filter(None, (how, "CHECKPOINT")):
            connection.execute(text(statement))
    engine.dispose()
