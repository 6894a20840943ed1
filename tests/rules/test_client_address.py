"""Who asks: only what the configured proxy vouches for counts."""

from ipaddress import ip_network

import pytest

from nav_access.web.shared.addresses import find_client

PROXIES = [ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.1, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.1, 10.1.1.1", "203.0.113.1"),
        ("::ffff:10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "198.51.100.9:5678", "198.51.100.9"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("127.0.0.1", "garbage", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.1, garbage", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        (None, "198.51.100.9", "0.0.0.0"),
    ],
)
def test_the_client_is_the_last_hop_a_proxy_vouches_for(peer, forwarded, client):
    assert find_client(peer, forwarded, PROXIES) == client
