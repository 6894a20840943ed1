"""A proxy that no setting names is noticed, counted and never believed."""

import re
from dataclasses import replace
from ipaddress import ip_network

import pytest

from nav_access.factory import create_app
from nav_access.web.shared.addresses import is_unnamed_proxy

FORWARDED = {"X-Forwarded-For": "203.0.113.7"}
SETTING = "NAV_TRUSTED_PROXY does not name"


def count(client) -> int:
    found = re.search(r"^nav_unvouched_total (\d+)$", client.get("/metrics").text, re.MULTILINE)
    assert found
    return int(found[1])


def ask(client, peer: str) -> None:
    client.get("/nb/help", headers=FORWARDED, environ_base={"REMOTE_ADDR": peer})


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "::1", "fd00::1", "::ffff:192.168.0.2"])
def test_it_is_said_once_and_counted(client, caplog, peer):
    before = count(client)
    for _ in range(3):
        client.post("/en/help", headers=FORWARDED, environ_base={"REMOTE_ADDR": peer})
    assert caplog.text.count(SETTING) == 1
    assert "203.0.113.7" not in caplog.text
    assert count(client) == before + 3


def test_somebody_far_away_may_write_what_they_like(client, caplog):
    before = count(client)
    ask(client, "8.8.8.8")
    assert SETTING not in caplog.text
    assert count(client) == before


@pytest.fixture
def behind_a_proxy(settings, clock):
    app = create_app(replace(settings, trusted_proxies=(ip_network("10.0.0.0/8"),)), clock=clock)
    yield app.test_client(use_cookies=False)
    app.extensions["nav_access"].database.dispose()


def test_the_proxy_that_is_named_is_believed(behind_a_proxy, caplog):
    before = count(behind_a_proxy)
    ask(behind_a_proxy, "10.1.2.3")
    assert SETTING not in caplog.text
    assert count(behind_a_proxy) == before


def test_who_forwards_without_being_named():
    assert is_unnamed_proxy("127.0.0.1", [])
    assert not is_unnamed_proxy("127.0.0.1", [ip_network("127.0.0.1/32")])
    assert not is_unnamed_proxy("8.8.8.8", [])
