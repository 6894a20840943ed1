"""The migrations: they end where the models are, and go both ways with data."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from nav_access.core.audit_tables import APPEND_ONLY_DDL
from nav_access.migrations.running import (
    current_revision,
    downgrade,
    head_revision,
    is_current,
    revisions,
    upgrade,
)
from nav_access.migrations.tables import METADATA
from tests.migrations.filling import fill_every_table

ORIGIN = "base"


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """An empty database."""
    engine = create_engine(empty_url, poolclass=NullPool)
    yield engine
    engine.dispose()


def describe(engine: Engine) -> dict[str, dict[str, list[Any]]]:
    """Return everything a database says of its tables, in an order that can be compared."""
    inspector = inspect(engine)
    names = set(inspector.get_table_names()) - {"alembic_version"}
    return {name: _describe_table(inspector, name) for name in names}


def _describe_table(inspector: Any, name: str) -> dict[str, list[Any]]:
    columns = [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)]
    parts = {
        "foreign keys": inspector.get_foreign_keys(name),
        "unique": inspector.get_unique_constraints(name),
        "indexes": inspector.get_indexes(name),
        "checks": inspector.get_check_constraints(name),
        "primary key": [inspector.get_pk_constraint(name)],
    }
    found = {kind: sorted(map(_comparable, some)) for kind, some in parts.items()}
    return found | {"columns": sorted(columns)}


def _comparable(part: dict[str, Any]) -> str:
    # A condition is an SQL expression here and text there.
    return str(
        {
            key: {k: str(v) for k, v in value.items()} if isinstance(value, dict) else value
            for key, value in sorted(part.items())
        }
    )


def test_the_migrations_end_where_the_models_are(engine: Engine, empty_url: str) -> None:
    METADATA.create_all(engine)
    wanted = describe(engine)
    METADATA.drop_all(engine)
    upgrade(empty_url)
    assert describe(engine) == wanted


def test_every_migration_goes_back_and_forth_with_data(engine: Engine, empty_url: str) -> None:
    for step in revisions():
        upgrade(empty_url, step)
    fill_every_table(engine)
    for step in reversed([ORIGIN, *revisions()[:-1]]):
        downgrade(empty_url, step)
        upgrade(empty_url, "+1")
        downgrade(empty_url, step)
    assert describe(engine) == {}
    upgrade(empty_url)
    assert is_current(empty_url)


def test_a_fault_half_way_leaves_nothing_behind(engine: Engine, empty_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE case_reaching (id INTEGER)"))
    with pytest.raises(DBAPIError):
        upgrade(empty_url)
    assert set(describe(engine)) == {"case_reaching"}
    assert current_revision(empty_url) is None


def test_a_database_behind_the_code_is_not_current(empty_url: str) -> None:
    assert not is_current(empty_url)
    upgrade(empty_url)
    assert is_current(empty_url)
    downgrade(empty_url, "-1")
    assert not is_current(empty_url)
    assert current_revision(empty_url) != head_revision()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"]
)
def test_the_audit_only_grows(engine: Engine, empty_url: str, statement: str) -> None:
    upgrade(empty_url)
    assert engine.dialect.name in APPEND_ONLY_DDL
    fill_every_table(engine)
    with pytest.raises(DBAPIError, match="only grows"), engine.begin() as connection:
        connection.execute(text(statement))
