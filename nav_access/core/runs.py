"""Runs over much at once: each piece in its own unit of work, and one in trouble keeps no other."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from nav_access.core.db import Database, Session
from nav_access.core.patience import again_while_busy

log = logging.getLogger(__name__)

Work = Callable[[Session], int]


@dataclass(slots=True)
class RunReport:
    """What one run did, counted by task; `trouble` is what is left for the next run."""

    done: Counter[str] = field(default_factory=Counter)
    trouble: int = 0


def do_piece(database: Database, report: RunReport, task: str, work: Work) -> int:
    """Do one piece of work in its own unit of work, in its turn; return what it counted."""
    try:
        count = again_while_busy(partial(_do_once, database, work))
    except Exception as trouble:  # noqa: BLE001 - one case must not keep all others waiting
        # Its type only: its text may be somebody's.
        log.error("%s: %s, left for the next run", task, type(trouble).__name__)
        report.trouble += 1
        return 0
    if count:
        report.done[task] += count
    return count


def _do_once(database: Database, work: Work) -> int:
    with database.unit_of_work() as session:
        return int(work(session))
