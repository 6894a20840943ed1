"""Doing what is due because the time of something is over: in small pieces, again and again."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from nav_access.core import audit, limits
from nav_access.core.clock import to_oslo
from nav_access.core.db import Database, DatabaseUnavailable, Session
from nav_access.core.orm import table_of
from nav_access.core.retention import AUDIT
from nav_access.core.runs import RunReport, Work, do_piece
from nav_access.core.security.keyring import Keyring
from nav_access.erasing.cases import (
    Place,
    are_codes_of_nobody_over,
    delete_codes,
    erase_if_over,
    list_over,
    list_taken_back,
)
from nav_access.erasing.tables import delete_over, delete_rows, list_deletions
from nav_access.intake.centre.models import Transfer
from nav_access.intake.texting.abandoned import finish_abandoned
from nav_access.intake.texting.models import TextDialogue

log = logging.getLogger(__name__)

LOOKED_AT = 500
"""Cases looked at in one read."""
AT_ONCE = 500
"""Rows deleted in one unit of work: others wait for it."""
CASES_AT_ONCE = 20
TAKEN_BACK_AT_ONCE = 200

NIGHT = timedelta(hours=3)
"""How long after midnight a day's run is due: hardly anybody writes then."""
MOST_REWRITTEN = 64 * 2**20
"""Bytes of a SQLite file that are rewritten while people write; more is left to the command."""

Told = Callable[[str, int], None]
"""Is told what was done and how many, after each piece."""


@dataclass(frozen=True, slots=True)
class _Run:
    database: Database
    keyring: Keyring
    now: datetime
    stop: Event
    told: Told
    report: RunReport = field(default_factory=RunReport)

    def do(self, name: str, work: Work) -> int:
        """Do one piece in its own unit of work; what goes wrong is left for the next run."""
        count = do_piece(self.database, self.report, name, work)
        if count:
            self.told(name, count)
        return count

    def do_all(self, name: str, work: Work) -> None:
        """Do pieces until there is nothing left, or somebody wants us to stop."""
        while not self.stop.is_set() and self.do(name, work):
            pass


def run_retention(
    database: Database,
    keyring: Keyring,
    *,
    now: datetime,
    stop: Event | None = None,
    told: Told = lambda _name, _count: None,
    most_rewritten: int | None = None,
) -> RunReport:
    """Do all that core.retention says is due at `now`; stopped and begun again, it goes on.

    Every case is a unit of work of its own, everything else small batches. At the end SQLite's
    file is rewritten, so that nothing is left in its gaps, unless it is larger than
    `most_rewritten` bytes. Raises DatabaseUnavailable when the database cannot even be read.
    """
    run = _Run(database, keyring, now, stop or Event(), told)
    for ids in _batches_over(run):
        _erase_all(run, ids)
    run.do_all("codes", partial(delete_codes, now=now, limit=CASES_AT_ONCE))
    run.do_all("codes", partial(_forget_transfers, now=now))
    for kind, end, rows in list_deletions():
        if rows.model is TextDialogue:
            _finish_dialogues(run)
        else:
            work = partial(delete_over, rows=rows, end=end, now=now, limit=AT_ONCE)
            run.do_all(kind.name, work)
    run.do_all(AUDIT.name, partial(_forget_audit, keyring=keyring, now=now))
    if not run.stop.is_set():
        _leave_nothing_behind(run, is_rewritten=_is_small(database, most_rewritten))
    return run.report


def erase_due(
    database: Database, keyring: Keyring, *, now: datetime, stop: Event | None = None
) -> RunReport:
    """Erase what was taken back and, once a day, do all that is due; many may do it at once."""
    report = erase_taken_back(database, keyring, now=now, stop=stop)
    if _is_days_run_due(database, now):
        whole = run_retention(database, keyring, now=now, stop=stop, most_rewritten=MOST_REWRITTEN)
        report = RunReport(report.done + whole.done, report.trouble + whole.trouble)
    return report


def erase_taken_back(
    database: Database, keyring: Keyring, *, now: datetime, stop: Event | None = None
) -> RunReport:
    """Erase what people took back and can no longer undo; mostly there is none, and no writing."""
    run = _Run(database, keyring, now, stop or Event(), lambda _name, _count: None)
    _erase_all(run, _list_taken_back(run))
    if run.report.done:
        _leave_nothing_behind(run, is_rewritten=False)
    return run.report


def _is_days_run_due(database: Database, now: datetime) -> bool:
    """Say, to one of many processes, whether today's run has not been begun."""
    day = to_oslo(now - NIGHT).date()
    with database.unit_of_work() as session:
        bucket = f"clocks:retention:{day:%Y%m%d}"
        return limits.take_try(session, bucket, cap=1, window=timedelta(days=2), now=now)


def _batches_over(run: _Run) -> Iterator[Sequence[int]]:
    """Yield the cases whose time is over, looked for in short reads."""
    place: Place | None = None
    before, ids = None, _list_taken_back(run)
    while ids and ids != before and not run.stop.is_set():
        yield ids
        before, ids = ids, _list_taken_back(run)
    while not run.stop.is_set():
        with run.database.read_session() as session:
            ids, place = list_over(session, run.now, place, LOOKED_AT)
        yield ids
        if place is None:
            return


def _list_taken_back(run: _Run) -> Sequence[int]:
    with run.database.read_session() as session:
        return list_taken_back(session, run.now, TAKEN_BACK_AT_ONCE)


def _erase_all(run: _Run, ids: Sequence[int]) -> None:
    for case_id in ids:
        if run.stop.is_set():
            return
        run.do("cases", partial(_erase, case_id=case_id, now=run.now))


def _erase(session: Session, case_id: int, now: datetime) -> int:
    return int(erase_if_over(session, case_id, now=now) is not None)


def _forget_transfers(session: Session, now: datetime) -> int:
    table = table_of(Transfer)
    found = table.select().with_only_columns(table.c.id).where(are_codes_of_nobody_over(now))
    return delete_rows(session, table, found.limit(AT_ONCE))


def _finish_dialogues(run: _Run) -> None:
    """What tells of a need becomes a request, however late; the rest is forgotten."""
    for kind, end, rows in list_deletions():
        if rows.model is not TextDialogue:
            continue
        with run.database.read_session() as session:
            due = rows.table.select().with_only_columns(rows.table.c.id)
            ids = session.scalars(due.where(rows.are_over(end, run.now)).limit(AT_ONCE)).all()
        for one in ids:
            work = partial(finish_abandoned, dialogue_id=one, keyring=run.keyring, now=run.now)
            run.do(kind.name, work)


def _forget_audit(session: Session, keyring: Keyring, now: datetime) -> int:
    [end] = AUDIT.ends
    return audit.forget_before(session, keyring, now - end.keep_for, most=AT_ONCE, now=now)


def _is_small(database: Database, most: int | None) -> bool:
    return most is None or database.size_of_file() <= most


def _leave_nothing_behind(run: _Run, *, is_rewritten: bool) -> None:
    try:
        is_gone = run.database.leave_nothing_behind(is_rewritten=is_rewritten)
    except DatabaseUnavailable:
        is_gone = False
    if not is_gone:
        # Somebody reads or writes just now: the next run does it.
        log.warning("what was deleted stands on in the database's files until the next run")
