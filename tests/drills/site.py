"""The real site in its own process on this machine: started, killed, started again, asked."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
START_SECONDS = 30.0
TOKEN = re.compile(r'name="token" value="([^"]+)"')
CODE = re.compile(r'id="code"[^>]*>\s*(?:<[^>]+>\s*)*([0-9 ]{24})')
NO_ANSWER = (OSError, http.client.HTTPException)
FORM = "application/x-www-form-urlencoded"
Fields = Mapping[str, str] | Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the text."""

    status: int
    text: str

    @property
    def code(self) -> str | None:
        """The case code, when the answer is a receipt that shows one."""
        found = CODE.search(self.text)
        return found[1].replace(" ", "") if found else None

    @property
    def token(self) -> str:
        """The token of the first form on the page."""
        found = TOKEN.search(self.text)
        assert found, f"status {self.status}: no form here"
        return found[1]


class Person:
    """Somebody with a connection kept open, seen by the site at an address of their own."""

    def __init__(self, site: "Site", address: str = "203.0.113.1") -> None:
        self._address = address
        # Opens when first asked, and again after it was closed.
        self._connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)

    def ask(self, method: str, path: str, fields: Fields = ()) -> Answer:
        """Send one request; one of NO_ANSWER when the site is not there."""
        headers = {"X-Forwarded-For": self._address}
        body = urlencode(fields) if method == "POST" else None
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            return Answer(response.status, response.read().decode())
        except NO_ANSWER:
            self._connection.close()
            raise

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form."""
        return self.ask("POST", path, fields)

    def hang_up(self) -> None:
        """Close the connection; another request would open a new one."""
        self._connection.close()

    def new_form(self, path: str = "/en/help") -> str:
        """Open a form and return its token."""
        return self.get(path).token


class Site:
    """One server process; what it prints goes to `said`."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        keys_file: Path,
        *,
        program: Sequence[str] = ("nav_access.serve",),
    ) -> None:
        self.port = free_port()
        self.said = folder / f"server-{self.port}.log"
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._people: list[Person] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "PORT": str(self.port),
            "NAV_INSTANCE": str(folder),
            "NAV_DATABASE_URL": database_url,
            "NAV_KEYS_FILE": str(keys_file),
            "NAV_TRUSTED_HOSTS": "127.0.0.1 localhost",
            # People come with addresses of their own, as through the documented proxy.
            "NAV_TRUSTED_PROXY": "127.0.0.1/32",
        }

    def start(self, *, until: str = "/healthz", **options: object) -> None:
        """Start the server and wait until `until` is answered with 200."""
        with self.said.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self._program],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                **options,  # type: ignore[call-overload]  # whatever Popen takes
            )
        self._await(until)

    def person(self, address: str = "203.0.113.1") -> Person:
        """Return somebody at this address, who hangs up when the site is stopped."""
        self._people.append(Person(self, address))
        return self._people[-1]

    def _await(self, path: str) -> None:
        person = self.person()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.said.read_text()
            try:
                if person.get(path).status == 200:
                    return
            except NO_ANSWER:
                time.sleep(0.02)
        raise TimeoutError(f"{path} did not answer 200: {self.said.read_text()[-2000:]}")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The server's process."""
        assert self._process is not None, "the site was not started"
        return self._process

    def kill(self) -> None:
        """Kill -9: nothing in the server gets a chance to finish."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the server, if it still runs, and every connection to it."""
        for person in self._people:
            person.hang_up()
        if self._process is not None and self._process.poll() is None:
            self.kill()


def free_port() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
