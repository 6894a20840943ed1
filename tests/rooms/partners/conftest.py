"""Two agencies and a desk."""

from itertools import count

import pytest

from tests.partner_factory import Agencies


@pytest.fixture
def agencies(database, keyring, now) -> Agencies:
    """Two agencies of whom Ida and Jon are one, and Eva the other."""
    return Agencies(database, keyring, now)


@pytest.fixture
def fresh_agencies(database, keyring, now):
    """Makes two agencies and a desk beside those that are there already."""
    names = count(1)
    return lambda: Agencies(database, keyring, now, suffix=f"-{next(names)}")
