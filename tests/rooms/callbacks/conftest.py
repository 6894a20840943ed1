"""The office the tests of callbacks ring from."""

import pytest

from tests.callback_lives import Lives


@pytest.fixture
def lives(database, keyring, now):
    """An office with a case on a Monday at 09:30; the person can be rung at any time."""
    lives = Lives(database, keyring, now)
    lives.begin(now)
    return lives
