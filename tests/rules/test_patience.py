"""Trying again while the database is busy, and only then."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.patience import again_while_busy


def failing(*causes: Exception | None):
    """Return work that fails once for each cause, and the list it tells its tries in."""
    left, tries = list(causes), []

    def work() -> str:
        tries.append(len(left))
        if left:
            raise DatabaseUnavailable("trouble") from left.pop()
        return "done"

    return work, tries


def of_driver(error: Exception) -> OperationalError:
    return OperationalError("UPDATE", {}, error)


BUSY = [
    None,
    PoolTimeout(),
    of_driver(sqlite3.OperationalError("database is locked")),
    of_driver(psycopg.errors.LockNotAvailable()),
    of_driver(psycopg.errors.QueryCanceled()),
    of_driver(psycopg.errors.DeadlockDetected()),
]
AWAY = [
    of_driver(sqlite3.OperationalError("unable to open database file")),
    of_driver(psycopg.errors.ConnectionTimeout()),
    of_driver(psycopg.errors.AdminShutdown()),
]


@pytest.mark.parametrize("cause", BUSY)
def test_busy_is_waited_for(cause):
    work, tries = failing(cause, cause)
    assert again_while_busy(work) == "done"
    assert len(tries) == 3


@pytest.mark.parametrize("cause", AWAY)
def test_away_is_told_at_once(cause):
    work, tries = failing(cause, cause)
    with pytest.raises(DatabaseUnavailable):
        again_while_busy(work)
    assert len(tries) == 1


def test_patience_ends():
    work, tries = failing(None, None)
    with pytest.raises(DatabaseUnavailable):
        again_while_busy(work, patience_s=0)
    assert len(tries) == 1
