"""Two offices where many things happen."""

import pytest

from tests.stats_factory import Counted


@pytest.fixture
def counted(database, keyring, now) -> Counted:
    return Counted(database, keyring, now)
