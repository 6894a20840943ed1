"""Addresses are counted by what one subscriber holds."""

import pytest

from nav_access.core.limits import UNKNOWN_ADDRESS, fold_address, private_bucket


@pytest.mark.parametrize(
    ("address", "folded"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2ff:aaaa::1", "2001:db8:1:200::/56"),
        ("2001:db8:1:200::", "2001:db8:1:200::/56"),
        ("2001:db8:1:300::", "2001:db8:1:300::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", UNKNOWN_ADDRESS),
        ("unix:", UNKNOWN_ADDRESS),
        ("1.2.3.4, 5.6.7.8", UNKNOWN_ADDRESS),
    ],
)
def test_address_is_folded(address: str, folded: str) -> None:
    assert fold_address(address) == folded


def test_a_bucket_names_nobody(keyring) -> None:
    bucket = private_bucket(keyring, "sign-in", "kari@example.org", "192.0.2.7")
    assert bucket.startswith("sign-in:")
    assert "kari" not in bucket
    assert "192" not in bucket
    assert bucket != private_bucket(keyring, "sign-in", "kari@example.org192.0.2.7", "")
    assert len(bucket) <= 70
