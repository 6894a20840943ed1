"""The audit chain: nothing in it can be changed, removed, moved or put in unnoticed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.audit import Problem
from nav_access.core.audit_chain import Entry, entry_mac
from nav_access.core.audit_tables import APPEND_ONLY_DDL, APPEND_ONLY_DROP, ENTRIES, HEAD
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LENGTH = 8
COLUMNS = [column for column in ENTRIES.c if column.name != "number"]
HEAD_COLUMNS = [column for column in HEAD.c if column.name != "id"]

same_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def note(session: Session, number: int, **changed: object) -> None:
    what = {"actor": "staff:1", "action": "case.read", "subject": f"case:{number}"}
    audit.record(session, now=MOMENT + timedelta(minutes=number), **{**what, **changed})


def run(database: Database, statements: tuple[str, ...]) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def has_problem(session: Session, keyring: Keyring) -> bool:
    return not audit.verify(session, keyring).is_intact


@pytest.fixture
def chain(database: Database) -> Database:
    """A database with some entries, open to someone who has rid it of its triggers."""
    for number in range(LENGTH):
        with database.unit_of_work() as session:
            note(session, number, detail={"office": number, "is_new": True})
    run(database, APPEND_ONLY_DROP[database.engine.dialect.name])
    return database


@contextmanager
def tampering(database: Database) -> Iterator[Session]:
    """A session whose changes are seen by itself only."""
    with database.rehearsal() as session:
        yield session


def other_value(old: object) -> object:
    if isinstance(old, datetime):
        return old + timedelta(seconds=1)
    if isinstance(old, bytes):
        return bytes([old[0] ^ 1]) + old[1:]
    return old + 1 if isinstance(old, int) else ("y" if str(old)[0] == "x" else "x") + str(old)[1:]


def test_an_untouched_chain_is_intact(chain, keyring) -> None:
    with chain.read_session() as session:
        report = audit.verify(session, keyring)
    assert (report.entries, report.problems) == (LENGTH, ())


def test_no_entries_at_all_are_intact(database, keyring) -> None:
    with database.read_session() as session:
        assert audit.verify(session, keyring).is_intact


def test_entries_of_one_unit_of_work_keep_their_order(database, keyring) -> None:
    with database.unit_of_work() as session:
        for number in (3, 1, 2):
            note(session, number)
    with database.read_session() as session:
        in_order = session.scalars(select(ENTRIES.c.subject).order_by(ENTRIES.c.number)).all()
        assert in_order == ["case:3", "case:1", "case:2"]
        assert audit.verify(session, keyring).is_intact


def test_work_that_fails_leaves_no_entry(database, keyring) -> None:
    with suppress(ZeroDivisionError), database.unit_of_work() as session:
        note(session, 1)
        assert 1 / 0
    with database.read_session() as session:
        assert audit.verify(session, keyring).entries == 0


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@pytest.mark.parametrize("number", range(1, LENGTH + 1))
def test_every_changed_field_is_found(chain, keyring, column, number) -> None:
    with tampering(chain) as session:
        here = ENTRIES.c.number == number
        old = session.scalar(select(column).where(here))
        session.execute(update(ENTRIES).where(here).values({column.name: other_value(old)}))
        assert has_problem(session, keyring)


@pytest.mark.parametrize("column", HEAD_COLUMNS, ids=lambda column: column.name)
def test_a_changed_head_is_found(chain, keyring, column) -> None:
    with tampering(chain) as session:
        old = session.scalar(select(column))
        session.execute(update(HEAD).values({column.name: other_value(old)}))
        assert has_problem(session, keyring)


@same_database
@given(st.sets(st.integers(1, LENGTH), min_size=1))
def test_every_removal_is_found(chain, keyring, numbers: set[int]) -> None:
    with tampering(chain) as session:
        session.execute(delete(ENTRIES).where(ENTRIES.c.number.in_(numbers)))
        assert has_problem(session, keyring)


def test_a_removed_head_is_found(chain, keyring) -> None:
    with tampering(chain) as session:
        session.execute(delete(HEAD))
        assert has_problem(session, keyring)


@same_database
@given(st.permutations(range(1, LENGTH + 1)))
def test_every_other_order_is_found(chain, keyring, order: list[int]) -> None:
    with tampering(chain) as session:
        rows = [row._asdict() for row in session.execute(select(ENTRIES))]
        session.execute(delete(ENTRIES))
        moved = [{**row, "number": place} for row, place in zip(rows, order, strict=True)]
        session.execute(insert(ENTRIES), moved)
        assert has_problem(session, keyring) == (order != sorted(order))


@same_database
@given(st.integers(1, LENGTH), st.sampled_from([-1, 0, LENGTH + 1, LENGTH + 2]))
def test_every_copy_put_in_is_found(chain, keyring, source: int, place: int) -> None:
    with tampering(chain) as session:
        row = session.execute(select(ENTRIES).where(ENTRIES.c.number == source)).one()._asdict()
        session.execute(insert(ENTRIES), [{**row, "number": place}])
        assert has_problem(session, keyring)


@same_database
@given(st.integers(1, LENGTH - 1))
def test_a_chain_cut_and_closed_again_is_found(chain, keyring, last: int) -> None:
    with tampering(chain) as session:
        session.execute(delete(ENTRIES).where(ENTRIES.c.number > last))
        mac = session.scalar(select(ENTRIES.c.mac).where(ENTRIES.c.number == last))
        session.execute(update(HEAD).values(last=last, last_mac=mac))
        assert has_problem(session, keyring)


@same_database
@given(st.integers(2, LENGTH))
def test_a_chain_begun_later_is_found(chain, keyring, first: int) -> None:
    with tampering(chain) as session:
        mac = session.scalar(select(ENTRIES.c.mac).where(ENTRIES.c.number == first - 1))
        session.execute(delete(ENTRIES).where(ENTRIES.c.number < first))
        session.execute(update(HEAD).values(first=first, before_mac=mac))
        assert has_problem(session, keyring)


def test_what_was_removed_is_named(chain, keyring) -> None:
    with tampering(chain) as session:
        session.execute(delete(ENTRIES).where(ENTRIES.c.number == 3))
        assert Problem(4, "missing") in audit.verify(session, keyring).problems


def test_whoever_has_a_key_cannot_rewrite_one_entry_alone(chain, keyring) -> None:
    with tampering(chain) as session:
        rows = session.execute(select(ENTRIES).order_by(ENTRIES.c.number)).all()
        old = Entry(rows[2].at_utc, "staff:2", *rows[2][3:6])
        forged = entry_mac(keyring, rows[2].key_id, 3, old, rows[1].mac)
        there = update(ENTRIES).where(ENTRIES.c.number == 3)
        session.execute(there.values(actor="staff:2", mac=forged))
        assert audit.verify(session, keyring).problems == (Problem(4, "changed"),)


def test_writing_on_does_not_hide_a_cut_chain(chain, keyring) -> None:
    with chain.unit_of_work() as session:
        session.execute(delete(ENTRIES).where(ENTRIES.c.number == LENGTH))
        mac = session.scalar(select(ENTRIES.c.mac).where(ENTRIES.c.number == LENGTH - 1))
        session.execute(update(HEAD).values(last=LENGTH - 1, last_mac=mac))
        note(session, 99)
    with chain.read_session() as session:
        found = audit.verify(session, keyring).problems
    assert [problem.what for problem in found] == ["head_was_changed"]


def test_writing_on_works_and_shows_when_the_head_is_gone(chain, keyring) -> None:
    with chain.unit_of_work() as session:
        session.execute(delete(HEAD))
        note(session, 99)
    with chain.read_session() as session:
        assert has_problem(session, keyring)


def test_an_older_state_put_back_is_found_by_a_note(chain, keyring) -> None:
    with chain.read_session() as session:
        noted = audit.verify(session, keyring).note
    with tampering(chain) as session:
        session.execute(delete(ENTRIES))
        session.execute(delete(HEAD))
        assert audit.verify(session, keyring).is_intact
        assert not audit.verify(session, keyring, note=noted).is_intact


def test_a_note_still_fits_a_chain_that_has_grown(chain, keyring) -> None:
    with chain.read_session() as session:
        noted = audit.verify(session, keyring).note
    with chain.unit_of_work() as session:
        note(session, 50)
    with chain.read_session() as session:
        assert audit.verify(session, keyring, note=noted).is_intact


def test_entries_under_older_and_retired_keys_still_count(chain, keys_file) -> None:
    old = Keyring.load(keys_file).active_id
    Keyring.rotate(keys_file)
    Keyring.retire(keys_file, old, in_use=())
    fresh = Database(str(chain.engine.url), info={"keyring": Keyring.load(keys_file)})
    with fresh.unit_of_work() as session:
        note(session, 9)
        session.flush()
    with fresh.read_session() as session:
        assert audit.verify(session, session.info["keyring"]).is_intact
        assert len(set(session.scalars(select(ENTRIES.c.key_id)))) == 2
    fresh.dispose()


def test_writers_at_once_make_one_chain(database_url, keyring) -> None:
    database = Database(database_url, patience_ms=60_000, info={"keyring": keyring})

    def write(number: int) -> None:
        with database.unit_of_work() as session:
            note(session, number)
            note(session, number)

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(write, range(60)))
    with database.read_session() as session:
        report = audit.verify(session, keyring)
    assert (report.entries, report.problems) == (120, ())
    database.dispose()


@pytest.mark.parametrize(
    "changed",
    [
        {"actor": "Kari Nordmann"},
        {"subject": "kari@example.org"},
        {"subject": "+4740000000"},
        {"detail": {"phone": "400 00 000"}},
        {"detail": {"a name": 1}},
        {"action": ""},
    ],
)
def test_what_is_not_a_code_is_refused(database, changed) -> None:
    with pytest.raises(ValueError, match="not a code"), database.unit_of_work() as session:
        note(session, 1, **changed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'staff:2'",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE number = 1",
    ],
)
def test_the_database_itself_refuses(chain, statement: str) -> None:
    run(chain, APPEND_ONLY_DDL[chain.engine.dialect.name])
    with pytest.raises(DBAPIError, match="only grows"):
        run(chain, (statement,))


def test_old_entries_are_let_go_and_the_rest_stays_whole(chain, keyring) -> None:
    run(chain, APPEND_ONLY_DDL[chain.engine.dialect.name])
    with chain.unit_of_work() as session:
        before, now = MOMENT + timedelta(minutes=5), MOMENT + timedelta(days=1)
        assert audit.forget_before(session, keyring, before, now=now) == 5
    with chain.read_session() as session:
        report = audit.verify(session, keyring)
    assert (report.entries, report.problems) == (LENGTH - 5 + 1, ())


def test_a_chain_that_was_cut_is_not_made_whole_by_letting_go(chain, keyring) -> None:
    with tampering(chain) as session:
        session.execute(update(HEAD).values(last=LENGTH - 1))
        with pytest.raises(audit.AuditBroken):
            audit.forget_before(session, keyring, MOMENT + timedelta(days=9), now=MOMENT)


def test_after_letting_go_a_cut_start_is_still_found(chain, keyring) -> None:
    with chain.unit_of_work() as session:
        audit.forget_before(session, keyring, MOMENT + timedelta(minutes=3), now=MOMENT)
    with tampering(chain) as session:
        session.execute(delete(ENTRIES).where(ENTRIES.c.number == 4))
        assert has_problem(session, keyring)
