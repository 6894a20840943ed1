"""Trying again while the database is busy, where many want the same thing at the same moment."""

import time
from collections.abc import Callable
from random import uniform
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from nav_access.core.db import DatabaseUnavailable, Session

PATIENCE_S = 10.0
"""How long somebody waits for a time many others want: longer than it takes to serve them all."""

_BUSY_ON_POSTGRESQL = frozenset({"55P03", "57014", "40P01", "40001"})
"""A lock or a statement waited for too long, a ring of waiters, and one that has to begin anew."""

_WAIT_IN_LINE = text(
    "SELECT set_config('lock_timeout', '6s', true), set_config('statement_timeout', '7s', true)"
)

Result = TypeVar("Result")


def again_while_busy(work: Callable[[], Result], *, patience_s: float = PATIENCE_S) -> Result:
    """Run `work`, which is one whole unit of work, and again while others hold the database.

    A database that is away is not waited for: the person should see the phone number at once.
    Raises DatabaseUnavailable then, or when it is still busy after `patience_s` seconds.
    """
    gives_up = time.monotonic() + patience_s
    while True:
        try:
            return work()
        except DatabaseUnavailable as error:
            if not _is_busy(error) or time.monotonic() >= gives_up:
                raise
        time.sleep(uniform(0.0, 0.05))  # noqa: S311 - spreads them out, guards nothing


def wait_in_line(session: Session) -> None:
    """Let this transaction wait longer than others for a row that many want.

    On PostgreSQL those who wait cost nothing; giving up to try again, all of them at once,
    takes the time of the one they wait for. SQLite's writers stand in line already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_WAIT_IN_LINE)


def _is_busy(error: DatabaseUnavailable) -> bool:
    cause = error.__cause__
    if cause is None or isinstance(cause, PoolTimeout):
        # Waited for its turn in this process, or for one of its connections.
        return True
    if not isinstance(cause, OperationalError):
        return False
    state = getattr(cause.orig, "sqlstate", None)
    return state in _BUSY_ON_POSTGRESQL or "locked" in str(cause.orig)
