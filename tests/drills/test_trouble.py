"""The database is away: people are told at once and keep what they wrote, and it mends itself."""

import ctypes
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from nav_access.migrations.running import upgrade
from tests.drills.conftest import fill
from tests.drills.forms import NEED
from tests.drills.site import Answer, Person, Site
from tests.postgres import Server, make_folder

PHONE = "tel:+4755553333"
MESSAGE = "The meter says 00:47 & it is cold"
SHOWN = "The meter says 00:47 &amp; it is cold"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def send(person: Person, token: str) -> Answer:
    """Send the form and print how long the answer took."""
    began = time.monotonic()
    answer = person.post("/en/help", {**NEED, "token": token, "message": MESSAGE})
    print(f"{answer.status} after {time.monotonic() - began:.2f} s")
    return answer


def is_clear(answer: Answer) -> bool:
    """Say whether an answer is the one that helps: a number to ring, and what was typed."""
    return PHONE in answer.text and SHOWN in answer.text and answer.code is None


@contextmanager
def someone_writing(file: Path) -> Iterator[None]:
    """Hold the database's only place for a writer."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def test_a_database_locked_by_another_program(sqlite_site: Site, sqlite_file: Path):
    sqlite_site.start()
    person = sqlite_site.person()
    token = person.new_form()
    with someone_writing(sqlite_file):
        answer = send(person, token)
    assert answer.status == 503
    assert is_clear(answer)
    assert send(person, token).code


def test_a_page_drawn_before_is_served_while_the_database_is_locked(
    sqlite_site: Site, sqlite_file: Path
):
    sqlite_site.start()
    person = sqlite_site.person()
    before = person.get("/en/").text
    with someone_writing(sqlite_file):
        assert person.get("/en/") == Answer(200, before)


def as_an_ordinary_account() -> None:
    """Let file permissions hold for the server even when the tests run as root."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


def test_a_database_file_that_may_only_be_read(sqlite_site: Site, sqlite_file: Path):
    sqlite_file.chmod(0o444)
    sqlite_site.start(preexec_fn=as_an_ordinary_account)
    person = sqlite_site.person()
    answer = send(person, person.new_form())
    assert answer.status == 503
    assert is_clear(answer)


def test_a_database_file_that_may_be_written_again(sqlite_site: Site, sqlite_file: Path):
    sqlite_file.chmod(0o444)
    sqlite_site.start(preexec_fn=as_an_ordinary_account)
    person = sqlite_site.person()
    token = person.new_form()
    assert send(person, token).status == 503
    sqlite_file.chmod(0o644)
    answers = [send(person, token) for _ in range(10)]
    assert answers[-1].code


@pytest.fixture
def postgres(keyring) -> Iterator[Server]:
    """A PostgreSQL server of this test's own, that it may stop."""
    server = Server(make_folder(), is_durable=True)
    server.start()
    server.run_sql("CREATE DATABASE nav")
    upgrade(server.url("nav"))
    fill(server.url("nav"), keyring)
    yield server
    server.stop()


@pytest.fixture
def postgres_site(postgres: Server, tmp_path: Path, keys_file: Path) -> Iterator[Site]:
    """A running server of ours on that one."""
    site = Site(tmp_path, postgres.url("nav"), keys_file)
    site.start()
    yield site
    site.stop()


@contextmanager
def stopped(postgres: Server) -> Iterator[None]:
    """Stop PostgreSQL at once, as when its machine fails, and start it again."""
    postgres._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
    yield
    options = f"-c unix_socket_directories={postgres.folder} -c listen_addresses="
    postgres._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")


def test_a_stopped_postgresql(postgres: Server, postgres_site: Site):
    person = postgres_site.person()
    token, front = person.new_form(), person.get("/en/")
    assert send(person, token).code
    token = person.new_form()
    with stopped(postgres):
        answer = send(person, token)
        assert person.get("/en/") == front
        assert person.get("/readyz").status == 503
        assert PHONE in person.get("/ar/").text
    assert answer.status == 503
    assert is_clear(answer)
    assert send(person, token).code


def test_opening_a_case_while_postgresql_is_stopped(postgres: Server, postgres_site: Site):
    person = postgres_site.person()
    code = send(person, person.new_form()).code
    with stopped(postgres):
        answer = person.post("/en/case", {"code": code})
    assert answer.status == 503
    assert PHONE in answer.text
    assert person.post("/en/case", {"code": code}).status == 200
