"""A hundred people at one terminal, one after another: nobody finds anything of those before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from secrets import token_hex
from urllib.parse import urlencode

import pytest

from nav_access.core.db import Database
from nav_access.kiosk import terminals
from nav_access.offices.queries import find_office_by_number
from tests.drills.site import CODE, FORM, TOKEN, Site
from tests.drills.test_canaries import hits

pytestmark = [pytest.mark.audit, pytest.mark.timeout(600)]

PEOPLE = 100
KEY_DIGITS = 12
ROOT = "/kiosk/nav-eikevik/"
LANGUAGES = ("nb", "ar", "ti", "en")
ACTS = ("receipt", "faulty", "more", "case", "check-in", "ticket", "typed")
EXITS = ("finish", "over", "cleared", "walked away", "restarted")


@dataclass
class Terminal:
    """The terminal's browser: it keeps cookies, and all it was ever sent is written down."""

    connection: HTTPConnection
    cookies: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        """Send one request, follow where it leads, and return the page."""
        self.asked.append((method, path, fields or {}))
        headers = {"Content-Type": FORM} if method == "POST" else {}
        headers["Cookie"] = "; ".join(map("=".join, self.cookies.items()))
        body = urlencode(fields or {}) if method == "POST" else None
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        self.seen.append(f"{answer.headers}{text}{self.cookies}")
        assert answer.status < 500, (method, path, answer.status)
        return self.ask("GET", answer.headers["Location"]) if answer.status == 303 else text

    def send(self, page: str, act: str, **fields: str) -> str:
        """Send the form of a page that does this."""
        address = re.search(rf'action="([^"]*/{act}/[^"]*)"', page)
        assert address, f"no form for {act}"
        token = TOKEN.search(page)
        return self.ask("POST", address[1], {**fields, "token": token[1] if token else ""})


@dataclass
class Visitor:
    """One of the hundred, with words nobody else has."""

    number: int
    secrets: list[str]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """What their browser asked for before they left, but the pages that begin a visit."""

    @property
    def words(self) -> dict[str, str]:
        """What they write."""
        message, name, phone = self.secrets[:3]
        return {"message": message, "name": name, "phone": phone, "office": "nav-eikevik"}

    def visit(self, terminal: Terminal) -> None:
        """Do one thing, and leave in one of the ways people leave."""
        home = f"{ROOT}{LANGUAGES[self.number % len(LANGUAGES)]}/"
        terminal.asked.clear()
        page = self.do(terminal, ACTS[self.number % len(ACTS)], home)
        self.asked = [one for one in terminal.asked if one[1] != home]
        self.leave(terminal, EXITS[self.number % len(EXITS)], home, page)

    def do(self, terminal: Terminal, act: str, home: str) -> str:
        """Do one thing a person does and return the page it ends with."""
        first = terminal.ask("GET", home)
        if act == "ticket":
            return terminal.send(first, "ticket")
        if act == "check-in":
            page = terminal.ask("GET", f"{home}check-in")
            return terminal.send(page, "check-in", time="10:30", number=self.secrets[2])
        form = terminal.ask("GET", f"{home}help")
        if act == "typed":
            return form
        more = {"faulty": {"reach": "email"}, "more": {"do": "more"}}.get(act, {})
        page = terminal.send(form, "help", need="food", **self.words, **more)
        if code := CODE.search(page):
            self.secrets += [code[1], code[1].replace(" ", ""), code[1].replace(" ", "")[8:]]
        if act == "case":
            assert code
            terminal.send(page, "finish", do="over")
            entry = terminal.ask("GET", f"{home}case")
            return terminal.send(entry, "case", code=code[1])
        return page

    def leave(self, terminal: Terminal, way: str, home: str, page: str) -> None:
        """Leave by a button, by being away, or by nothing at all."""
        if way in ("finish", "over"):
            terminal.send(page, "finish", do=way)
        if way == "cleared":
            terminal.ask("GET", f"{home}still")
        if way == "restarted":
            # As a browser that lost its power: cookies without an end are gone.
            terminal.cookies.pop("v", None)
        if way not in ("finish", "over"):
            terminal.ask("GET", ROOT)


@pytest.fixture
def terminal(site: Site, database_url: str, keyring) -> Iterator[Terminal]:
    """The office's terminal, set up as staff do it."""
    database = Database(database_url, info={"keyring": keyring})
    with database.unit_of_work() as session:
        office = find_office_by_number(session, "nav-eikevik")
        assert office
        code = terminals.add_terminal(
            session, office.id, "Døra", actor="cli", now=datetime.now(UTC)
        )
    database.dispose()
    terminal = Terminal(HTTPConnection("127.0.0.1", site.port, timeout=20))
    page = terminal.ask("GET", "/kiosk/register")
    fields = {"code": code, "token": TOKEN.findall(page)[0]}
    terminal.ask("POST", "/kiosk/register", fields)
    yield terminal
    terminal.connection.close()


def new_visitor(number: int) -> Visitor:
    """Return somebody whose words nobody else has."""
    message, name = f"kanarimsg{token_hex(4)}", f"Kanariqx{token_hex(4)}"
    return Visitor(number, [message, name, f"9481{number:04d}"])


def test_a_hundred_in_a_row_leave_nothing(site: Site, terminal: Terminal, database_url: str):
    gone: list[Visitor] = []
    for number in range(PEOPLE):
        terminal.seen.clear()
        # As Back, Reload and a restored tab do: the last page first.
        for method, path, fields in reversed(gone[-1].asked if gone else []):
            terminal.ask(method, path, fields)
        visitor = new_visitor(number)
        visitor.visit(terminal)
        seen = "".join(terminal.seen)
        assert [one.number for one in gone if any(each in seen for each in one.secrets)] == []
        gone.append(visitor)
    secrets = [secret for one in gone for secret in one.secrets]
    assert len(secrets) > 3.5 * PEOPLE, "codes were shown, and read"
    # All words and keys, and some phones: the files of a database are long to read.
    keys = [one for one in secrets if len(one) == KEY_DIGITS]
    signs = ("kanari", *keys, *(one.secrets[2] for one in gone[::10]))
    assert hits(database_url, site, tuple(one.encode() for one in signs)) == set()
    site.stop()
    assert not [one for one in secrets if one.lower() in site.said.read_text().lower()]
