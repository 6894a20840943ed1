"""Commands run as an operator runs them, without the waiting."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask

from nav_access.cli import keys

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run `flask …`."""
    monkeypatch.setattr(keys.time, "sleep", lambda _: None)
    runner = app.test_cli_runner()
    yield lambda *words: runner.invoke(args=words)
    app.extensions["nav_access"].database.dispose()
