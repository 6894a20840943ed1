"""A statement compiled once does what SQLAlchemy would have done, and fails as it does."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from nav_access.core.clock import system_clock
from nav_access.core.db import Database, DatabaseUnavailable
from nav_access.core.limits import Tries
from nav_access.core.orm import table_of
from nav_access.core.prepared import Prepared

TRIES = table_of(Tries)
INSERT = Prepared(lambda _: insert(TRIES), TRIES.c.keys())
FIND = Prepared(
    lambda _: select(TRIES.c.taken).where(
        TRIES.c.bucket == bindparam("bucket"), TRIES.c.until_utc == bindparam("at")
    )
)
UNTIL = Prepared(lambda _: select(TRIES.c.taken, TRIES.c.until_utc).order_by(TRIES.c.bucket))
NOW = system_clock()
ROW = {"bucket": "a:'%s", "taken": 3, "until_utc": NOW}


def test_values_are_stored_as_their_columns_have_them(database: Database) -> None:
    with database.unit_of_work() as session:
        INSERT.run(session, ROW)
        assert FIND.find(session, {"bucket": "a:'%s", "at": NOW}) == (3,)
        assert FIND.find(session, {"bucket": "b", "at": NOW}) is None
    with database.read_session() as session:
        assert session.get_one(Tries, "a:'%s").until_utc == NOW


def test_all_rows_are_read_as_their_columns_have_them(database: Database) -> None:
    with database.read_connection() as connection:
        assert UNTIL.all(connection, {}) == []
    with database.unit_of_work() as session:
        INSERT.run(session, ROW)
        INSERT.run(session, {**ROW, "bucket": "b", "taken": 4})
    with database.read_connection() as connection:
        assert UNTIL.all(connection, {}) == [(3, NOW), (4, NOW)]


def test_trouble_while_reading_rows_is_a_fact(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises(DatabaseUnavailable), database.read_connection() as connection:
        UNTIL.all(connection, {})


def test_a_row_that_is_there_is_told_as_sqlalchemy_tells_it(database: Database) -> None:
    with database.unit_of_work() as session:
        INSERT.run(session, ROW)
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        INSERT.run(session, ROW)


def test_trouble_is_a_fact_and_holds_no_values(database: Database) -> None:
    broken = Prepared(lambda _: text("SELECT * FROM nowhere WHERE 1 = :one"))
    with database.read_session() as session, pytest.raises(DBAPIError, match="nowhere") as caught:
        broken.run(session, {"one": "secret"})
    assert "secret" not in str(caught.value)


def test_a_database_that_cannot_is_a_fact(tmp_path: Path) -> None:
    broken = Prepared(lambda _: text("SELECT * FROM nowhere"))
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises(DatabaseUnavailable), database.read_session() as session:
        broken.run(session)


def test_a_naive_instant_is_refused(database: Database) -> None:
    naive = {**ROW, "until_utc": NOW.replace(tzinfo=None)}
    with pytest.raises(ValueError, match="time zone"), database.unit_of_work() as session:
        INSERT.run(session, naive)
