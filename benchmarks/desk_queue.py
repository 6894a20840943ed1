"""The desk's queue among few and among many cases: its time must not follow their number.

First the page in process, by part: what the server in front of it adds is in `served_speed`.

Builds the larger table in place of the smaller: 100,000 cases, then NAV_BENCH_ROWS (300,000;
3000000 for the figure of QUALITY, about a minute and 1.5 GB). One case in fifty still waits.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from werkzeug.test import create_environ

from nav_access.core.clock import system_clock
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.intake.codes import AcuteStatement
from nav_access.migrations.running import upgrade
from nav_access.staff import sessions
from nav_access.staff.rules import Who
from nav_access.web.desk.queue_parts import forget_parts
from nav_access.web.shared.installation import Installation
from nav_access.worklist.desk_offices import list_desk_offices
from nav_access.worklist.queries import list_queue
from tests.desk_factory import Desk, add_staff, begin_session

SMALL = 100_000
LARGE = int(os.environ.get("NAV_BENCH_ROWS", "300000"))
TIMES = 200

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
CASES = f"""{NUMBERS}
INSERT INTO cases (number, office_id, channel, language, needs, acute, has_children, flags, status,
  urgency, received_utc, deadline_utc, attempts, version, submission, content, verifier,
  wrapped_key)
SELECT printf('%08d', i), CASE i % 40 WHEN 0 THEN :office ELSE :other END, 'web', 'nb', 'food', '',
  0, '', CASE i % 50 WHEN 0 THEN 'waiting' WHEN 1 THEN 'answered' ELSE 'closed' END, 1 + i % 3,
  '2026-11-01 08:00:00', datetime('2026-11-01', '+' || (i * 7919 % 100000) || ' minutes'), 0, 1,
  randomblob(32), zeroblob(32), 'none', zeroblob(60) FROM n"""
REACHING = f"""{NUMBERS}
INSERT INTO case_reaching (case_id, reach, best_time, may_leave_voicemail, may_say_who,
  needs_interpreter, wants_private_room)
SELECT cases.id, 'call', 'any', 0, 0, 0, 0 FROM n JOIN cases ON cases.number = printf('%08d', i)"""


def add_cases(database: Database, desk: Desk, first: int, last: int) -> None:
    """Put cases into the table in two statements."""
    values = {"first": first, "last": last, "office": desk.office_id, "other": desk.other_id}
    with database.unit_of_work() as session:
        session.execute(text(CASES), values)
        session.execute(text(REACHING), values)
        session.execute(text("ANALYZE"))


def milliseconds(database: Database, who: Who, office_id: int) -> float:
    """Return the least time of the first page of the queue."""
    best = float("inf")
    for _ in range(TIMES):
        with database.read_connection() as connection:
            before = time.perf_counter()
            page = list_queue(connection, who, office_id)
            best = min(best, time.perf_counter() - before)
    print(f"  {len(page.rows)} rows", end="")
    return best * 1000


class Browser:
    """Somebody at work in an office where 60 wait; their requests go straight to the app."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'page.sqlite3'}"
        upgrade(url)
        environment = {"NAV_INSTANCE": str(folder), "NAV_DATABASE_URL": url, "NAV_SAMPLE": "1"}
        self.app = create_app(Settings.from_environment(environment))
        self.site: Installation = self.app.extensions["nav_access"]
        now = system_clock()
        desk = Desk(self.site.database, self.site.keyring, now)
        for _ in range(60):
            desk.receive(acute=frozenset({AcuteStatement.NO_FOOD_TODAY}), has_children=True)
        with self.site.database.unit_of_work() as session:
            who = add_staff(session, "Bench", desk.office_id, now=now)
            self.token = begin_session(session, who, now)
        self.office_id = desk.office_id
        self.environ = create_environ("/desk/", headers={"Cookie": f"desk=nb.{self.token}"})

    def get(self, packed: str = "") -> None:
        """Ask for the queue as the server in front would."""
        environ = {**self.environ, "HTTP_ACCEPT_ENCODING": packed}
        b"".join(self.app.wsgi_app(environ, lambda *_: lambda _: None))

    def recognise(self) -> None:
        """Find out who is at work."""
        with sessions.reading(self.site.database, self.token, self.site.clock()):
            pass

    def read(self) -> None:
        """Find out who is at work, and read their offices and queue."""
        database, clock = self.site.database, self.site.clock
        with sessions.reading(database, self.token, clock()) as (connection, who):
            if who is None:
                raise LookupError("nobody is signed in")
            list_desk_offices(connection, who)
            list_queue(connection, who, self.office_id)


def cpu_us(do: Callable[[], object], times: int = TIMES) -> float:
    """Return the least CPU of one of `times` doings, over some rounds."""
    best = float("inf")
    for _ in range(5):
        before = time.process_time()
        for _ in range(times):
            do()
        best = min(best, (time.process_time() - before) / times)
    return best * 1e6


def print_parts() -> None:
    """Print the CPU of the queue's page and of its parts."""
    with tempfile.TemporaryDirectory() as name:
        browser = Browser(Path(name))
        before = time.process_time()
        browser.get()
        templates = (time.process_time() - before) * 1e6
        whole = cpu_us(browser.get)
        parts = {
            "the first one ever: templates compiled": templates,
            "all 50 rows drawn for the first time": cpu_us(lambda: drawn_anew(browser), 10),
            "drawn before, as nearly always": whole,
            "  of it: who is at work": cpu_us(browser.recognise),
            "  of it: that, their offices, the query": cpu_us(browser.read),
            "packed with gzip": cpu_us(lambda: browser.get("gzip")),
            "packed with zstd": cpu_us(lambda: browser.get("zstd")),
        }
        browser.site.database.dispose()
    for what, cost in parts.items():
        print(f"  {what:<42}{cost:>8.0f} µs")


def drawn_anew(browser: Browser) -> None:
    """Ask for the queue when nothing of it was drawn yet."""
    forget_parts()
    browser.get()


def main() -> None:
    """Print the page's parts, then both times of the query and their ratio."""
    print_parts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'queue.sqlite3'}"
        upgrade(url)
        keyring = Keyring.create(folder / "keys.json")
        database = Database(url, info={"keyring": keyring})
        desk = Desk(database, keyring, system_clock())
        who = Who(1, "B", "b@example.org", frozenset({desk.office_id}), frozenset())
        found = []
        for first, last in ((1, SMALL), (SMALL + 1, LARGE)):
            add_cases(database, desk, first, last)
            found.append(milliseconds(database, who, desk.office_id))
            print(f" of {last:>9,} cases: {found[-1]:.2f} ms")
        database.dispose()
    print(f"  {found[1] / found[0]:.2f} times the time (aim ≤ 2 at 3,000,000: NAV_BENCH_ROWS)")


if __name__ == "__main__":
    main()
