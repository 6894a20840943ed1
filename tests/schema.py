"""Fresh databases for tests: the real migrations run once, every test gets a copy."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from nav_access.migrations.running import upgrade
from tests.postgres import Server, only_one

TEMPLATE = "nav_template"


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
    upgrade(f"sqlite:///{unfinished}")
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    unfinished.rename(template)


def clone_postgres(shared: Path, server: Server, name: str) -> str:
    """Make a fresh PostgreSQL database called `name` and return the name."""
    done = shared / "postgres.template"
    with only_one(shared / "postgres-template.lock"):
        if not done.exists():
            server.run_sql(f"CREATE DATABASE {TEMPLATE}")
            upgrade(server.url(TEMPLATE))
            done.touch()
    server.clone(TEMPLATE, name)
    return name
