"""What is kept, how much of it, how much is due, and from when the oldest is: no person in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, select, text
from sqlalchemy.orm import Session

from nav_access.core.audit_tables import AuditEntry
from nav_access.core.orm import table_of
from nav_access.core.retention import AUDIT, CASES, KINDS, Kind
from nav_access.erasing.cases import (
    Place,
    are_codes_of_nobody_over,
    are_codes_over,
    list_over,
    list_taken_back,
)
from nav_access.erasing.tables import ROWS, Rows, find_oldest
from nav_access.intake.centre.models import Transfer
from nav_access.intake.models import Case
from nav_access.migrations.tables import METADATA

AT_ONCE = 2000
EVERY = 1_000_000_000
_PATIENTLY = text("SELECT set_config('statement_timeout', '0', true)")
_OF_CASES = table_of(Case)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data in one table; `oldest` is None where nothing is kept or no time counts."""

    kind: str
    table: str
    kept: int
    due: int
    oldest: datetime | date | None


def report_kept(session: Session, now: datetime) -> Iterator[Line]:
    """Yield a line for each table, by kind; of cases one more for the codes of erased ones.

    All is counted: with millions of rows that takes longer than a page may.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_PATIENTLY)
    yield from _report_cases(session, now)
    for kind in KINDS:
        for table in sorted(kind.tables - {_OF_CASES.name}):
            yield _report_table(session, kind, METADATA.tables[table], now)


def _report_cases(session: Session, now: datetime) -> Iterator[Line]:
    kept, oldest = _count(session, Case.erased_utc.is_(None), Case.received_utc)
    due = len(list_taken_back(session, now, EVERY)) + _count_over(session, now)
    yield Line(CASES.name, _OF_CASES.name, kept, due, oldest)
    codes, first = _count(session, Case.erased_utc.is_not(None), Case.erased_utc)
    over, _ = _count(session, are_codes_over(now), Case.erased_utc)
    yield Line("codes", _OF_CASES.name, codes, over, first)


def _count_over(session: Session, now: datetime) -> int:
    """Count the cases that are over, besides those taken back, which are counted already."""
    taken_back = set(list_taken_back(session, now, EVERY))
    count, place = 0, None
    while True:
        ids, place = _next(session, now, place)
        count += len(set(ids) - taken_back)
        if place is None:
            return count


def _next(session: Session, now: datetime, place: Place | None) -> tuple[Any, Place | None]:
    return list_over(session, now, place, AT_ONCE)


def _report_table(session: Session, kind: Kind, table: Table, now: datetime) -> Line:
    kept = session.scalar(select(func.count()).select_from(table)) or 0
    if table.name == AuditEntry.__tablename__:
        return _report_audit(session, kept, now)
    due, oldest = 0, None
    for end in kind.ends:
        for rows in _rows_of(kind, end.since, table):
            due += _count(session, rows.are_over(end, now), rows.since)[0]
            oldest = oldest or find_oldest(session, rows)
    if table.name == Transfer.__tablename__:
        due, _ = _count(session, are_codes_of_nobody_over(now), Transfer.at_utc)
    return Line(kind.name, table.name, kept, due, oldest)


def _report_audit(session: Session, kept: int, now: datetime) -> Line:
    [end] = AUDIT.ends
    at = AuditEntry.at_utc
    due, _ = _count(session, at < now - end.keep_for, at)
    oldest = session.scalar(select(func.min(at)))
    return Line(AUDIT.name, AuditEntry.__tablename__, kept, due, oldest)


def _rows_of(kind: Kind, since: str, table: Table) -> Iterator[Rows]:
    return (rows for rows in ROWS.get((kind.name, since), ()) if rows.table.name == table.name)


def _count(session: Session, where: ColumnElement[bool], since: Any) -> tuple[int, Any]:
    row = session.execute(select(func.count(), func.min(since)).where(and_(where))).one()
    return row[0], row[1]
