"""Every other kind of data goes when its declared time is over, and the audit stays whole."""

from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import Date, func, select, update

from nav_access.core import audit
from nav_access.core.audit_tables import AuditEntry
from nav_access.core.clock import OSLO
from nav_access.core.limits import Tries, take_try
from nav_access.core.orm import table_of
from nav_access.core.retention import KINDS
from nav_access.erasing import service
from nav_access.erasing.report import report_kept
from nav_access.erasing.service import run_retention
from nav_access.erasing.tables import delete_over, list_deletions
from nav_access.feedback.models import Feedback
from nav_access.intake.models import Case
from nav_access.messaging.codes import MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.migrations.tables import METADATA
from nav_access.offices.roster.models import DutyShift
from tests.migrations.filling import fill_every_table

pytestmark = pytest.mark.postgres_in_audit

INSTANT = timedelta(microseconds=1)
DAY = date(2026, 11, 23)
FILLED = datetime(2026, 11, 23, tzinfo=UTC)
DELETIONS = list_deletions()
NAMES = [f"{rows.table.name}-{end.since}" for _, end, rows in DELETIONS]
SET = {
    ("rosters", DutyShift): {"last_date": DAY},
    ("outbox", OutboxMessage): {"state": MessageState.FAILED},
    ("settled", Feedback): {"settled_utc": FILLED},
}
"""What the filling leaves empty and an end counts from."""


@pytest.fixture
def filled(database):
    """A database with a row in every table, all of one instant."""
    fill_every_table(database.engine)
    return database


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize(("kind", "end", "rows"), DELETIONS, ids=NAMES)
def test_a_row_goes_when_its_time_is_over_and_not_before(filled, kind, end, rows):
    with filled.unit_of_work() as session:
        for name in (kind.name, end.since):
            if (name, rows.model) in SET:
                session.execute(update(rows.model).values(SET[name, rows.model]))
        over = FILLED + end.keep_for
        if isinstance(rows.since.type, Date):
            over = datetime(2026, 11, 24, tzinfo=OSLO).astimezone(UTC) + end.keep_for
        assert delete_over(session, rows, end, over - INSTANT, 9) == 0
        assert delete_over(session, rows, end, over, 9) == 1
        assert count(session, rows.table) == 0


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.SENDING])
def test_a_message_that_has_not_left_is_not_deleted(filled, state):
    [one] = [each for each in DELETIONS if each[0].name == "outbox"]
    with filled.unit_of_work() as session:
        session.execute(update(OutboxMessage).values(state=state))
        assert delete_over(session, one[2], one[1], FILLED + timedelta(days=999), 9) == 0


def test_a_shift_without_an_end_stays(filled):
    shifts = next(rows for _, _, rows in DELETIONS if rows.model is DutyShift)
    end = next(end for _, end, rows in DELETIONS if rows.model is DutyShift)
    with filled.unit_of_work() as session:
        assert delete_over(session, shifts, end, FILLED + timedelta(days=9999), 9) == 0


def test_what_is_kept_for_good_is_still_there_after_a_hundred_years(filled, keyring):
    run_retention(filled, keyring, now=FILLED + timedelta(days=36_500))
    forever = [table for kind in KINDS if not kind.ends for table in kind.tables]
    with filled.read_session() as session:
        empty = {name for name in forever if not count(session, METADATA.tables[name])}
    assert empty == set()


def tell(desk, days, many):
    """Note something in the audit, so many times, so many days from now."""
    for n in range(many):
        with desk.database.unit_of_work() as session:
            at = desk.after(days=days, seconds=n)
            audit.record(session, now=at, actor="cli", action="test.done", subject=f"n:{n}")


def test_the_audit_lets_go_from_its_start_and_stays_whole(desk, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 3)
    tell(desk, 0, 7)
    tell(desk, 10, 2)
    desk.run(desk.after(days=5 * 365 + 1))
    with desk.database.read_session() as session:
        assert audit.verify(session, desk.keyring).is_intact
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    assert actions == ["test.done"] * 2 + ["audit.forgotten"] * 3


def test_an_audit_that_was_touched_is_left_as_it_is(desk, caplog):
    tell(desk, 0, 2)
    with desk.database.unit_of_work() as session:
        session.execute(update(METADATA.tables["audit_head"]).values(mac=b"x" * 32))
    report = run_retention(desk.database, desk.keyring, now=desk.after(days=9999))
    assert report.trouble == 1
    assert "AuditBroken" in caplog.text
    with desk.database.read_session() as session:
        assert count(session, table_of(AuditEntry)) == 2


def many_tries(desk):
    with desk.database.unit_of_work() as session:
        for n in range(7):
            take_try(session, f"b{n}", cap=1, window=timedelta(hours=1), now=desk.now)


def test_it_can_be_stopped_and_run_again(desk, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 3)
    many_tries(desk)
    stop, later = Event(), desk.after(hours=2)
    given = {"now": later, "stop": stop, "told": lambda _name, _count: stop.set()}
    assert run_retention(desk.database, desk.keyring, **given).done == {"counted_tries": 3}
    assert desk.run(later) == {"counted_tries": 4}
    with desk.database.read_session() as session:
        assert count(session, table_of(Tries)) == 0


def test_the_report_counts_what_is_kept_and_what_is_due(desk):
    desk.withdraw(desk.receive().number)
    desk.receive()
    many_tries(desk)
    for late, due in ((desk.now, 0), (desk.after(hours=2), 1), (desk.after(days=731), 2)):
        with desk.database.read_session() as session:
            lines = {(line.kind, line.table): line for line in report_kept(session, late)}
        assert (lines["cases", "cases"].kept, lines["cases", "cases"].due) == (2, due)
        assert lines["cases", "cases"].oldest == desk.now
    assert lines["counted_tries", "limit_tries"].due == 7
    assert {table for _, table in lines} == set(METADATA.tables)


def test_after_a_run_nothing_is_due(filled, keyring):
    late = FILLED + timedelta(days=9999)
    with filled.unit_of_work() as session:
        session.execute(update(Case).values(erased_utc=FILLED))
    run_retention(filled, keyring, now=late)
    with filled.read_session() as session:
        due = {line.table for line in report_kept(session, late) if line.due}
    # Its one entry bears no mac of ours: the chain is left as it is.
    assert due == {"audit_entries"}
