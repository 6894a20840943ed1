"""`flask audit verify` fails loudly, and says where."""

import pytest
from sqlalchemy import text

from nav_access.core import audit
from nav_access.core.audit_tables import APPEND_ONLY_DROP


@pytest.fixture
def entries(database, now) -> None:
    """Three entries."""
    for number in range(3):
        with database.unit_of_work() as session:
            what = {"actor": "staff:1", "action": "case.read", "subject": f"case:{number}"}
            audit.record(session, now=now, **what)


def tamper(database, statement: str) -> None:
    drops = APPEND_ONLY_DROP[database.engine.dialect.name]
    with database.engine.begin() as connection:
        for step in (*drops, statement):
            connection.execute(text(step))


@pytest.mark.usefixtures("entries")
def test_a_whole_chain_is_praised_with_a_note(run) -> None:
    result = run("audit", "verify")
    assert (result.exit_code, result.output[:24]) == (0, "3 entries, all intact. N")
    note = result.output.split()[-1]
    assert run("audit", "verify", "--note", note).exit_code == 0


@pytest.mark.usefixtures("entries")
def test_a_changed_entry_is_named(run, database) -> None:
    tamper(database, "UPDATE audit_entries SET actor = 'staff:2' WHERE number = 2")
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert "Entry 2: was changed" in result.output


@pytest.mark.usefixtures("entries")
def test_another_chain_is_not_the_noted_one(run) -> None:
    result = run("audit", "verify", "--note", "3:0123456789abcdef")
    assert result.exit_code == 1
    assert "not the one that was noted" in result.output


def test_a_note_that_is_none_is_refused(run) -> None:
    assert run("audit", "verify", "--note", "yesterday").exit_code == 2


@pytest.mark.usefixtures("entries")
def test_unreadable_content_is_a_finding_not_a_crash(run, database, db_engine) -> None:
    if db_engine == "postgres":
        broken = "UPDATE audit_entries SET at_utc = 'infinity' WHERE number = 2"
    else:
        broken = "UPDATE audit_entries SET at_utc = 'yesterday' WHERE number = 2"
    tamper(database, broken)
    assert "not intact" in run("audit", "verify").output
