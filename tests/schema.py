"""Fresh databases for tests: the real migrations run once, every test gets a copy."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from nav_access.core.audit_tables import APPEND_ONLY_DDL
from nav_access.migrations.running import downgrade, upgrade
from nav_access.migrations.tables import METADATA
from tests.postgres import Server, only_one

TEMPLATE = "nav_template"


def make_schema(url: str) -> None:
    """Bring an empty database to the newest schema."""
    upgrade(url)
    # While rooms are being written: what the migrations do not know yet comes from the models.
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    if differences:
        downgrade(url, "base")
        METADATA.create_all(engine)
        with engine.begin() as connection:
            for statement in APPEND_ONLY_DDL[engine.dialect.name]:
                connection.exec_driver_sql(statement)


def copy_sqlite(shared: Path, target: Path) -> str:
    """Put a fresh SQLite database at `target` and return its address."""
    template = shared / "template.sqlite3"
    with only_one(shared / "sqlite.lock"):
        if not template.exists():
            _make_sqlite_template(template)
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def _make_sqlite_template(template: Path) -> None:
    unfinished = template.with_suffix(".unfinished")
    make_schema(f"sqlite:///{unfinished}")
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    unfinished.rename(template)


def clone_postgres(shared: Path, server: Server, name: str) -> str:
    """Make a fresh PostgreSQL database called `name` and return its address."""
    done = shared / "postgres.template"
    with only_one(shared / "postgres-template.lock"):
        if not done.exists():
            server.run_sql(f"CREATE DATABASE {TEMPLATE}")
            make_schema(server.url(TEMPLATE))
            done.touch()
    return server.clone(TEMPLATE, name)
