"""The desk's queue among few and among many cases: its time must not follow their number.

Builds the larger table in place of the smaller: 100,000 cases, then NAV_BENCH_ROWS (300,000;
3000000 for the figure of QUALITY, about a minute and 1.5 GB). One case in fifty still waits.
"""

import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from nav_access.core.clock import system_clock
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.migrations.running import upgrade
from nav_access.staff.rules import Who
from nav_access.worklist.queries import list_queue
from tests.desk_factory import Desk

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


def main() -> None:
    """Print both times and their ratio."""
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
