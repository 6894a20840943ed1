"""The tests' own databases: none tells what an earlier test did with one."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from nav_access.core import audit
from nav_access.core.audit_tables import APPEND_ONLY_DROP
from nav_access.core.db import Database
from tests.conftest import fresh_database

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LOOK = (
    "SELECT (SELECT count(*) FROM audit_entries), (SELECT max(number) FROM audit_entries),"
    " (SELECT max(version_num) FROM alembic_version)"
)
SPOILING = ["DROP TABLE alembic_version", "UPDATE alembic_version SET version_num = '0001'"]


@pytest.fixture
def use_one(db_engine, tmp_path, keyring):
    """Borrows a fresh database, writes a note, looks, spoils it so and gives it back."""

    def use(*spoiling: str) -> tuple[object, ...]:
        with fresh_database(db_engine, tmp_path) as url:
            database = Database(url, info={"keyring": keyring})
            with database.unit_of_work() as session:
                audit.record(session, now=MOMENT, actor="staff:1", action="a", subject="case:1")
            with database.unit_of_work() as session:
                found = tuple(session.execute(text(LOOK)).one())
                for statement in spoiling:
                    session.execute(text(statement))
            database.dispose()
        return found

    return use


def test_what_an_earlier_test_wrote_is_gone(use_one) -> None:
    assert use_one()[:2] == use_one()[:2] == (1, 1)


@pytest.mark.parametrize("statement", SPOILING)
def test_a_spoilt_database_is_not_lent_again(use_one, statement) -> None:
    assert use_one(statement) == use_one()


def test_nor_is_one_whose_chain_nobody_guards(use_one, db_engine) -> None:
    unguarded = APPEND_ONLY_DROP["sqlite" if db_engine == "sqlite" else "postgresql"]
    use_one(*unguarded)
    assert use_one(*unguarded)
