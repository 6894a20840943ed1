"""The disk is full: nothing is acknowledged or damaged, and it goes on when there is room."""

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.drills.forms import NEED
from tests.drills.site import Answer, Site
from tests.drills.test_trouble import is_clear, send

ROOM = 60_000
MOST_FORMS = 100


def limit_files(site: Site, most: int) -> None:
    """Let no file of the server's grow beyond `most` bytes: to it, the disk is full there."""
    hard = resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (most, hard))


def send_until_full(site: Site) -> tuple[list[str], str, Answer]:
    """Send forms until one is refused: the codes before it, its token and its answer."""
    codes: list[str] = []
    for n in range(MOST_FORMS):
        person = site.person(f"203.0.113.{n}")
        token = person.new_form()
        answer = send(person, token)
        if answer.code is None:
            return codes, token, answer
        codes.append(answer.code)
    raise AssertionError("the disk never became full")


def stored(file: Path) -> set[str]:
    """Return the case numbers in the database, which must be sound."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {number for (number,) in connection.execute("SELECT number FROM cases")}


def test_a_full_disk(sqlite_site: Site, sqlite_file: Path):
    sqlite_site.start()
    person = sqlite_site.person()
    assert send(person, person.new_form()).code
    limit_files(sqlite_site, sqlite_file.stat().st_size + ROOM)
    codes, token, answer = send_until_full(sqlite_site)
    assert answer.status == 503
    assert is_clear(answer)
    assert {code[:8] for code in codes} <= stored(sqlite_file)
    limit_files(sqlite_site, resource.RLIM_INFINITY)
    after = send(person, token)
    assert after.code
    assert len(stored(sqlite_file)) == len(codes) + 2


def test_nothing_is_acknowledged_while_the_disk_stays_full(sqlite_site: Site, sqlite_file: Path):
    sqlite_site.start()
    limit_files(sqlite_site, sqlite_file.stat().st_size)
    codes, _, _ = send_until_full(sqlite_site)
    person = sqlite_site.person("203.0.113.200")
    for _ in range(20):
        answer = person.post("/en/help", {**NEED, "token": person.new_form()})
        assert answer.status in (200, 503)
        codes += [answer.code] if answer.code else []
    sqlite_site.stop()
    assert {code[:8] for code in codes} == stored(sqlite_file)
