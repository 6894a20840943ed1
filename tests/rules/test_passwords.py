"""Staff passwords: right, wrong, unknown; the last two cost the same."""

from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from nav_access.core.security import passwords
from nav_access.core.security.passwords import hash_password, is_password, needs_rehash
from tests.quick_passwords import AS_SERVED


@pytest.fixture(autouse=True)
def as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost here what they cost the site."""
    for name, own in AS_SERVED.items():
        monkeypatch.setattr(passwords, name, own)


def test_only_the_right_password_fits() -> None:
    hashed = hash_password("blåbær-42")
    assert is_password(hashed, "blåbær-42")
    assert is_password(hashed, "bla\u030abær-42")
    assert not is_password(hashed, "blåbær-43")
    assert not is_password("not a hash", "blåbær-42")


def test_nobody_costs_one_whole_check_and_never_fits() -> None:
    with patch.object(PasswordHasher, "verify", return_value=True) as verify:
        assert not is_password(None, "x")
    verify.assert_called_once_with(passwords.NOBODY, "x")
    assert not needs_rehash(passwords.NOBODY)


def test_a_hash_of_lower_cost_is_made_anew() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not needs_rehash(hash_password("x"))


def test_made_passwords_differ_and_are_easy_to_read_aloud() -> None:
    made = {passwords.new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 23 and not set("ilo01") & set(one) for one in made)
