"""The site as it is really served, in a process of its own, with the sample offices."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 100
"""A second is enough, but for several workers on a machine that is busy otherwise."""


@dataclass(frozen=True)
class LiveSite:
    """A running site: where it answers, its process, and what it was started with."""

    url: str
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]

    def run(self, *command: str) -> str:
        """Run one of the site's own commands against it, and return what it says."""
        return _run(self.environment, *command)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def live_site(folder: Path, **settings: str) -> Iterator[LiveSite]:
    """Serve the sample from `folder` for a while; `settings` are NAV_… variables."""
    port = free_port()
    environment = {**os.environ, "NAV_SAMPLE": "1", "NAV_INSTANCE": str(folder), **settings}
    environment["NAV_BIND"] = f"127.0.0.1:{port}"
    _run(environment, "db", "upgrade")
    _run(environment, "sample", "load")
    process = start(environment)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield LiveSite(f"http://127.0.0.1:{port}", process, environment)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def start(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server with these variables; does not wait for it."""
    command = [sys.executable, "-m", "nav_access.serve"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the site takes requests; fail when its process has ended."""
    until = time.monotonic() + PATIENCE_S
    while not _is_ready(url):
        assert process.poll() is None, "the server stopped at once"
        assert time.monotonic() < until, "the server never got ready"
        time.sleep(0.05)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _run(environment: Mapping[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nav_access", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return done.stdout
