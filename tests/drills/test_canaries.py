"""What a person writes about themselves is nowhere to be read but on their own pages."""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, select, text, update
from sqlalchemy.engine import make_url

from nav_access.core.db import Database
from nav_access.intake import service
from nav_access.intake.models import Case, Reaching
from tests.desk_factory import FOOD, submission
from tests.drills.forms import receipt_code
from tests.drills.site import Person, Site

CANARIES = {
    "name": "Canarina Æøåsen-Qvx",
    "phone": "+4794817263",
    "email": "canary.qvx@example.org",
    "message": "The canary qvx-message sings at nine.",
    "place": "Canaryplace Qvx",
    "speak": "Canarish Qvx",
}
LATER = {
    "code_word": "Canaryword Qvx",
    "phone": "+4794817264",
    "email": "later.qvx@example.org",
    "message": "The canary qvx-later sings again.",
}
SEALED = (
    Reaching.phone_sealed,
    Reaching.email_sealed,
    Reaching.name_sealed,
    Reaching.code_word_sealed,
)
HIDDEN = re.compile(r'name="(case|token)" value="([^"]+)"')
SIGNS = tuple(
    sign.encode()
    for sign in (
        *(
            "canarina",
            "æøåsen",
            "canaryplace",
            "canarish",
            "canaryword",
            "qvx-message",
            "qvx-later",
        ),
        *("94817263", "94817264", "canary.qvx", "later.qvx"),
    )
)


@pytest.fixture
def code(site: Site) -> str:
    """The code of a case in which a canary has been put everywhere it can be typed."""
    person = site.person()
    person.get("/en/help?need=food&office=nav-eikevik")
    person.post("/en/help", {**CANARIES, "token": "not a token"})
    token = person.new_form()
    code = receipt_code(person, {**CANARIES, "need": "food", "reach": "call", "token": token})
    assert "We have got what you wrote" in do(person, code, "add", LATER)
    assert "contact you the way" in do(person, code, "save-contact", LATER)
    return code


def do(person: Person, code: str, act: str, fields: dict[str, str]) -> str:
    """Open the case, go to a page of it and send its form."""
    opened = person.post("/en/case", {"code": code}).text
    if act == "save-contact":
        opened = person.post("/en/case", {**hidden(opened), "do": "contact"}).text
    return person.post("/en/case", {**hidden(opened), **fields, "do": act}).text


def hidden(page: str) -> dict[str, str]:
    """Return the first of each hidden token on a page."""
    return dict(reversed(HIDDEN.findall(page)))


def files_of(url: str, site: Site) -> list[Path]:
    """Return every file in which the site or its database keeps anything."""
    kept = [path for path in site.said.parent.rglob("*") if path.is_file()]
    if url.startswith("postgresql"):
        folder = Path(str(make_url(url).query["host"]))
        # Unlike a glob, it passes over a folder that goes away with another test's database.
        kept += [Path(where, name) for where, _, names in os.walk(folder) for name in names]
    return [path for path in kept if path.is_file()]


def hits(url: str, site: Site, signs: tuple[bytes, ...]) -> set[str]:
    """Return the files and signs found in them."""
    _write_to_disk(url)
    return {
        f"{sign!r} in {path}"
        for path in files_of(url, site)
        for content in [_read(path)]
        for sign in signs
        if sign.lower() in content
    }


def _read(path: Path) -> bytes:
    """Return what a file holds; another test's database may be dropped while we look."""
    try:
        return path.read_bytes().lower()
    except FileNotFoundError:
        return b""


def _write_to_disk(url: str) -> None:
    """Let PostgreSQL put into its files what it holds in memory; SQLite has done so."""
    if url.startswith("postgresql"):
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
        engine.dispose()


def test_no_canary_and_no_key_is_in_any_file(site, database_url, code):
    grouped = " ".join(code[n : n + 4] for n in range(8, 20, 4))
    assert not hits(database_url, site, (*SIGNS, code[8:].encode(), grouped.encode()))
    # The search reads the right files: the case number is no secret and is found.
    assert hits(database_url, site, (code[:8].encode(),))


@pytest.mark.usefixtures("code")
def test_no_canary_is_in_what_the_server_says(site):
    site.stop()
    said = site.said.read_bytes().lower()
    assert b"the site answers at" in said
    assert not [sign for sign in SIGNS if sign.lower() in said]


def test_what_is_erased_is_gone_from_the_files_of_sqlite(sqlite_file, keyring, now):
    assert left_after_erasing(sqlite_file, keyring, now) == set()


def test_the_search_finds_what_sqlite_is_told_to_leave(sqlite_file, keyring, now):
    assert left_after_erasing(sqlite_file, keyring, now, pragma="secure_delete=OFF")


def left_after_erasing(file: Path, keyring, now, *, pragma: str = "secure_delete=ON") -> set[str]:
    """Erase a case's key and sealed columns; return those still in the database's files."""
    database = Database(f"sqlite:///{file}", info={"keyring": keyring})
    event.listen(database.engine, "connect", lambda c, _: c.execute(f"PRAGMA {pragma}"))
    with database.unit_of_work() as session:
        asked = replace(FOOD, wishes=replace(FOOD.wishes, code_word="Canaryword Qvx"))
        service.receive(session, asked, submission(keyring), keyring=keyring, now=now)
        old = session.execute(select(Case.wrapped_key, *SEALED).join(Reaching)).one()._asdict()
    move_log_into(file)
    with database.unit_of_work() as session:
        session.execute(update(Case).values(wrapped_key=None))
        session.execute(update(Reaching).values(dict.fromkeys(SEALED)))
    database.dispose()
    move_log_into(file)
    content = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    return {name for name, sealed in old.items() if sealed in content}


def move_log_into(file: Path) -> None:
    """Move the write-ahead log into the database and cut it to nothing."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
