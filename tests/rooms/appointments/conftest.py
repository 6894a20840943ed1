"""The diary the tests of booking write in."""

import pytest

from tests.capacity import Diary


@pytest.fixture
def diary(database, keyring, now):
    """An office that publishes nothing yet."""
    return Diary(database, keyring, now)
