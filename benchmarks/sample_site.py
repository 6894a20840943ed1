"""The sample site in this process, for the other benchmarks; measures nothing itself."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from nav_access.core.clock import Clock, system_clock
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.migrations.running import upgrade


@contextmanager
def sample_site(clock: Clock = system_clock) -> Iterator[Flask]:
    """Make the site with its sample offices on a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'nav_access.sqlite3')}"
        upgrade(url)
        app = create_app(
            Settings.from_environment(
                {"NAV_SAMPLE": "1", "NAV_INSTANCE": folder, "NAV_DATABASE_URL": url}
            ),
            clock=clock,
        )
        app.test_cli_runner().invoke(args=["sample", "load"], catch_exceptions=False)
        yield app
