"""Several workers are one site: any may die, none outlives the site."""

import os
import signal
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.live import live_site


def children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in said.split()]


def wait_for(is_so) -> None:
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with live_site(tmp_path_factory.mktemp("workers"), NAV_WORKERS="2") as site:
        yield site


def test_a_worker_that_dies_is_replaced(site):
    first, second = children(site.process.pid)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: first not in children(site.process.pid))
    wait_for(lambda: len(children(site.process.pid)) == 2)
    assert second in children(site.process.pid)
    for _ in range(20):
        assert urlopen(f"{site.url}/nb/help").status == 200


def test_whichever_worker_is_asked_tells_the_sum(site):
    def count() -> int:
        lines = urlopen(f"{site.url}/metrics").read().decode().splitlines()
        line = next(each for each in lines if each.startswith('nav_answers_total{status="200"}'))
        return int(line.split()[1])

    found = [count() for _ in range(20)]
    assert found == list(range(found[0], found[0] + 20))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_site(tmp_path, sign):
    with live_site(tmp_path, NAV_WORKERS="2") as site:
        workers = children(site.process.pid)
        site.process.send_signal(sign)
        wait_for(lambda: all(is_gone(pid) for pid in workers))
        assert site.process.wait(20) in (0, -signal.SIGKILL)
    assert len(workers) == 2
