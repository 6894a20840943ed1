"""What a visit left that nobody ended goes by itself."""

from datetime import timedelta

import pytest

from nav_access.core.security.tokens import SealedTokens
from nav_access.kiosk import terminals
from nav_access.kiosk.sweeping import sweep_visits

MINUTE = timedelta(minutes=1)


@pytest.fixture
def secret(reception, keyring):
    """A terminal that keeps a page for a minute."""
    secret = reception.register(reception.add_terminal()).secret
    sealed = SealedTokens(keyring).seal({"page": "case"}, reception.now, MINUTE, "a visit")
    with reception.database.unit_of_work() as session:
        terminals.keep(session, reception.find(secret), sealed)
    return secret


def test_a_page_that_has_had_its_time_goes_and_its_visit_ends(reception, secret):
    before = reception.find(secret)
    assert sweep_visits(reception.database, now=reception.now + MINUTE) == 1
    after = reception.find(secret)
    assert (after.kept_token, after.visit == before.visit) == (None, False)
    assert sweep_visits(reception.database, now=reception.now + MINUTE) == 0


def test_a_visit_that_goes_on_is_left_alone(reception, secret):
    before = reception.find(secret)
    assert sweep_visits(reception.database, now=reception.now) == 0
    assert reception.find(secret) == before


def test_what_cannot_be_read_goes_too(reception, secret):
    with reception.database.unit_of_work() as session:
        terminals.keep(session, reception.find(secret), "x")
    assert sweep_visits(reception.database, now=reception.now) == 1
