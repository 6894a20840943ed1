"""Runs the migrations, at any database address, without an ini file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

HERE = Path(__file__).parent


def configuration(url: str) -> Config:
    """Return alembic's configuration for the database at `url`."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`."""
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Bring the database at `url` back to `revision`; `base` empties it."""
    command.downgrade(configuration(url), revision)


def revisions() -> list[str]:
    """Return every revision this code knows, the first one first."""
    script = ScriptDirectory.from_config(configuration(""))
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def head_revision() -> str | None:
    """Return the newest revision this code knows."""
    return ScriptDirectory.from_config(configuration("")).get_current_head()


def current_revision(url: str) -> str | None:
    """Return the revision the database at `url` stands at; None when it is empty."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(url: str) -> bool:
    """Say whether the database at `url` has every migration this code knows."""
    return current_revision(url) == head_revision()
