"""A desk with two sides."""

import pytest

from tests.sides_desk import SidesDesk


@pytest.fixture
def desk(database, keyring, now):
    return SidesDesk(database, keyring, now)
