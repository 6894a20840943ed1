"""Databases on the tests' PostgreSQL that are lent, emptied and lent again: making one is slow."""

import time
from collections.abc import Callable

import psycopg

from tests.postgres import Server

# The planner takes a table of fewer pages that was never vacuumed for one of ten.
MOST_BYTES = 10 * 8192
PATIENCE_S = 10
LOOK = """
SELECT (SELECT count(*) || ' ' || max(oid) FROM pg_class), (SELECT count(*) FROM pg_attribute),
  (SELECT string_agg(format('%s %s', tgname, tgenabled), ' ' ORDER BY oid) FROM pg_trigger),
  (SELECT string_agg(version_num, ' ') FROM alembic_version),
  (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384),
  (SELECT count(*) FROM pg_class WHERE relkind = 'r' AND oid >= 16384 AND relpages > 0)
"""
TABLES = """
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
  AND pg_relation_size(oid) > 0
"""
# Rows that only a cascade or nobody may remove are no different here.
UNGUARDED = "SET session_replication_role = replica"
SEQUENCES = """
SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Lender:
    """Lends databases as fresh as the template; one that cannot be made so again is dropped."""

    def __init__(self, server: Server, make: Callable[[], str]) -> None:
        """`make` makes a fresh database and returns its name."""
        self._server = server
        self._make = make
        self._free: list[str] = []
        self._fresh: tuple[object, ...] | None = None

    def lend(self) -> str:
        """Return the name of a database nobody else uses."""
        return self._free.pop() if self._free else self._make_one()

    def take_back(self, name: str) -> None:
        """Take a database back, whoever is still connected."""
        if self._is_fresh_again(name):
            self._free.append(name)
        else:
            self._server.drop(name)

    def _make_one(self) -> str:
        name = self._make()
        if self._fresh is None:
            with self._server.connect(name) as connection:
                self._fresh = connection.execute(LOOK).fetchone()
        return name

    def _is_fresh_again(self, name: str) -> bool:
        with self._server.connect(name) as connection:
            _send_others_away(connection)
            try:
                return self._look(connection) and _empty(connection)
            except psycopg.errors.UndefinedTable:
                return False

    def _look(self, connection: psycopg.Connection) -> bool:
        return connection.execute(LOOK).fetchone() == self._fresh


def _send_others_away(connection: psycopg.Connection) -> None:
    until = time.monotonic() + PATIENCE_S
    while connection.execute(OTHERS).fetchone() != (0,):
        assert time.monotonic() < until, "a connection to the database does not end"
        time.sleep(0.001)


def _empty(connection: psycopg.Connection) -> bool:
    """Empty every table with rows; say whether all was small enough to leave no trace."""
    tables = connection.execute(TABLES).fetchall()
    if any(size > MOST_BYTES for _, size in tables):
        return False
    removals = [f'DELETE FROM "{name}"' for name, _ in tables]
    connection.execute(";".join([UNGUARDED, *removals]).encode())
    connection.execute(SEQUENCES.encode())
    return True
