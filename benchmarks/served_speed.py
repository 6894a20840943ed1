"""CPU of the server for each kind of request, one run, every server a process under waitress.

Ratios are what to look at. The client's own work does not count: only the server's CPU does.
"""

import http.client
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from nav_access.core.clock import system_clock
from nav_access.core.db import Database, Session
from nav_access.core.security.keyring import Keyring
from nav_access.intake.models import Case
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from tests.desk_factory import add_staff
from tests.live import ROOT, LiveSite, free_port, live_site

ROUNDS, PAGES, POSTS = 3, 600, 150
GZIP = {"Accept-Encoding": "gzip"}
OFFICE = {"Accept-Encoding": "gzip, deflate, br, zstd"}
"""What the browsers of an office take; a basic phone takes gzip alone."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="token" value="([^"]+)"')
GOOD = {"need": "food", "acute": "no_food_today", "place": "0150", "phone": "40000000", "name": "K"}
FAULTY = {**GOOD, "phone": "12", "email": "x"}

SERVE = """
import sys
from benchmarks.served_speed import APPS
from nav_access.serving.server import make_server, open_sockets
app = APPS[sys.argv[2]](sys.argv[3])
make_server(app, open_sockets(f"127.0.0.1:{sys.argv[1]}")).run()
"""


@dataclass(frozen=True)
class Server:
    """A server process and the way to it."""

    port: int
    pid: int

    def cpu_us(self) -> float:
        """Return the CPU time the process has used, in microseconds."""
        return time.clock_gettime(~self.pid << 3 | 2) * 1e6

    @contextmanager
    def connection(self) -> Iterator[http.client.HTTPConnection]:
        """Keep one connection open, as a phone does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        yield connection
        connection.close()

    def cost(self, requests: list[tuple[str, str, str | None, dict[str, str]]]) -> float:
        """Return the server's CPU for one of these requests, in microseconds."""
        with self.connection() as connection:
            before = self.cpu_us()
            for request in requests:
                connection.request(*request)
                answer = connection.getresponse()
                answer.read()
            return (self.cpu_us() - before) / len(requests)


def bare(folder: str) -> Callable[..., list[bytes]]:
    """Return a WSGI app that only hands out bytes it holds."""
    body = Path(folder, "body").read_bytes()
    lines = Path(folder, "headers").read_text().splitlines()
    headers = [tuple(line.split(": ", 1)) for line in lines]

    def application(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    return application


def hello(_folder: str) -> Flask:
    """Return Flask's own first example."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello")
    return app


APPS: dict[str, Callable[[str], object]] = {"bare": bare, "hello": hello}


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """Serve one of APPS for a while."""
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port), name, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT)
    server = Server(port, process.pid)
    for _ in range(200):
        try:
            server.cost([get("/")])
            break
        except ConnectionError:
            time.sleep(0.05)
    yield server
    process.terminate()
    process.wait()


def get(path: str, **headers: str) -> tuple[str, str, None, dict[str, str]]:
    """Ask for a page as a phone would."""
    return ("GET", path, None, GZIP | headers)


def post(n: int, fields: dict[str, str]) -> tuple[str, str, str, dict[str, str]]:
    """Send the help form from an address of its own, with a phone of one's own."""
    if fields["phone"] == GOOD["phone"]:
        fields = fields | {"phone": f"4{n:07d}"}
    origin = {"X-Forwarded-For": f"2001:db8:{n // 200:x}:{n % 200:x}00::1"}
    return ("POST", "/nb/help", urlencode(fields), GZIP | FORM | origin)


def tokens(server: Server, count: int) -> list[str]:
    """Open the form so often; each submission needs a token of its own."""
    found = []
    with server.connection() as connection:
        for _ in range(count):
            connection.request("GET", "/nb/help")
            page = connection.getresponse().read().decode()
            found += TOKEN.findall(page)[:1]
    return found


def keep_answer(server: Server, folder: Path) -> None:
    """Write down the cached page's bytes and headers, for the bare app to hand out."""
    with server.connection() as connection:
        connection.request(*get("/nb/"))
        answer = connection.getresponse()
        (folder / "body").write_bytes(answer.read())
        kept = [f"{k}: {v}" for k, v in answer.getheaders() if k.lower() != "date"]
        (folder / "headers").write_text("\n".join(kept))


def sign_in(site: LiveSite) -> str:
    """Let somebody be at work where the requests went and return their cookie."""
    folder = Path(site.environment["NAV_INSTANCE"])
    keyring = Keyring.load(folder / "keys.json")
    url = f"sqlite:///{folder / 'nav_access.sqlite3'}"
    database = Database(url, info={"keyring": keyring})
    with database.unit_of_work() as session:
        token = _begin(session)
    database.dispose()
    return f"desk=nb.{token}"


def _begin(session: Session) -> str:
    now = system_clock()
    who = add_staff(session, "Bench", now=now)
    office = session.scalars(select(Case.office_id)).first()
    if office is None:
        raise LookupError("no request was stored")
    role = StaffRole.CASEWORKER
    service.join_office(session, who.staff_id, office, role, actor="system", now=now)
    return sessions.start(session, who.staff_id, now=now)


def measure(site: LiveSite, folder: Path) -> dict[str, float]:
    """Return the least CPU of some rounds for each kind of request."""
    live = Server(int(site.url.rpartition(":")[2]), site.process.pid)
    keep_answer(live, folder)
    # More than a page of the queue; from addresses that no round uses.
    live.cost([post(9000 + n, {**GOOD, "token": t}) for n, t in enumerate(tokens(live, 60))])
    cookie = sign_in(site)
    with serving("bare", folder) as bottom, serving("hello", folder) as flask:
        rounds = [_round(live, bottom, flask, cookie, n) for n in range(ROUNDS)]
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def _round(live: Server, bottom: Server, flask: Server, cookie: str, n: int) -> dict[str, float]:
    fresh = tokens(live, POSTS)
    first = n * POSTS
    return {
        "bare": bottom.cost([get("/nb/")] * PAGES),
        "cached": live.cost([get("/nb/")] * PAGES),
        "hello": flask.cost([get("/")] * PAGES),
        "blank": live.cost([get("/nb/help")] * PAGES),
        "redrawn": live.cost([post(first + i, FAULTY) for i in range(POSTS)]),
        "stored": live.cost(
            [post(first + i, {**GOOD, "token": token}) for i, token in enumerate(fresh)]
        ),
        "queue": live.cost([get("/desk/", Cookie=cookie, **OFFICE)] * POSTS),
    }


def main() -> None:
    """Print one line a kind of request."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with live_site(folder, NAV_TRUSTED_PROXY="127.0.0.1/32") as site:
            cost = measure(site, folder)
    print(f"{'server CPU a request':<34}{'µs':>7}{'ratio':>8}")
    _row("bare WSGI, the cached page's bytes", cost["bare"], 1, "")
    _row("cached page", cost["cached"], cost["bare"] / cost["cached"], "of bare, aim ≥ 0.9")
    _row("Flask hello", cost["hello"], 1, "")
    _row("blank form", cost["blank"], cost["hello"] / cost["blank"], "of hello, aim ≥ 0.75")
    _row("form redrawn", cost["redrawn"], cost["hello"] / cost["redrawn"], "of hello, aim ≥ 0.35")
    _row("request stored", cost["stored"], cost["stored"] / cost["hello"], "× hello, aim ≤ 3.5")
    _row("desk queue, 50 rows", cost["queue"], cost["queue"] / 1000, "ms, aim ≤ 1")


def _row(name: str, cost: float, ratio: float, aim: str) -> None:
    print(f"{name:<34}{cost:>7.0f}{ratio:>8.2f}  {aim}")


if __name__ == "__main__":
    main()
