"""A contact centre with two operators beside the desk's two offices."""

import pytest

from tests.centre_factory import Centre


@pytest.fixture
def centre(database, keyring, now):
    return Centre(database, keyring, now)
