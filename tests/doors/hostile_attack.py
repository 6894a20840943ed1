"""Somebody who means no good: sends forms and remembers every answer that is a fault."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import product
from urllib.parse import quote_plus

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import Installation
from tests.desk_factory import Desk, add_office
from tests.doors.hostile_inputs import MARK, PRODUCT

FORM = "application/x-www-form-urlencoded"
TARGET = "target@example.org"
MOST_LOOKED_AT = 200
LONG_ENOUGH = timedelta(minutes=30)
Fields = Iterable[tuple[str, str]]


def encode(fields: Fields) -> str:
    """Encode a form as bytes that need not be any text."""
    return "&".join(
        f"{quote_plus(name, errors='surrogatepass')}={quote_plus(value, errors='surrogatepass')}"
        for name, value in fields
    )


@dataclass
class Attack:
    """Sends hostile forms and remembers every answer that is a fault."""

    app: Flask
    client: FlaskClient
    faults: list[str] = field(default_factory=list)
    sent: int = 0
    step: int = 1
    """Send one in so many of the pairs of field and input."""

    def __post_init__(self) -> None:
        self.site: Installation = self.app.extensions["nav_access"]

    def renew_case(self, sent: int) -> None:
        """Take a new case now and then: a page tells all that ever happened to one."""
        if sent % 40 == 0:
            self.number = self.desk.receive().number

    def pairs(self, names: Iterable[str], inputs: list[str]) -> Iterable[tuple[str, str]]:
        """Return every field with every input, or one in `step` of them, spread evenly."""
        return list(product(names, inputs))[:: self.step]

    def some(self, inputs: list[str]) -> list[str]:
        """Return the inputs, or fewer of them where pairs are left out: for pages slow to make."""
        return inputs[:: max(1, self.step // 3)]

    def version(self) -> str:
        """Return the version of the case that a page would show now."""
        with self.desk.database.read_session() as session:
            return str(session.scalar(select(Case.version).where(Case.number == self.number)))

    def seal_case(self) -> str:
        """Return what a page of the case carries for whoever knows the code."""
        named, tokens = {"number": self.number}, self.site.sealed_tokens
        return tokens.seal(named, self.site.clock(), LONG_ENOUGH, "case")

    def scope(self, door: str, session: str) -> str:
        """Return the scope of the tokens of a browser at a door."""
        return f"{door}:" + sha256(session.encode()).hexdigest()[:32]

    def token(self, scope: str) -> str:
        """Return a good token."""
        return self.site.form_tokens.issue(self.site.clock(), scope)

    def post(self, path: str, fields: dict[str, str], *more: tuple[str, str]) -> TestResponse:
        """Send a form in which the last of a field counts as well as the first."""
        body = encode([*fields.items(), *more])
        return self.judge(path, self.client.post(path, data=body, content_type=FORM), body)

    def get(self, path: str, fields: dict[str, str]) -> TestResponse:
        """Ask with a query."""
        body = encode(fields.items())
        return self.judge(path, self.client.get(f"{path}?{body}"), body)

    def judge(self, path: str, answer: TestResponse, body: str) -> TestResponse:
        """Note an answer in the 500s, or one in which something typed became part of the page."""
        self.sent += 1
        text = answer.get_data(as_text=True)
        is_markup = re.search(rf"<[/\x00]?({MARK}|script|plaintext|base)\b", text, re.IGNORECASE)
        headers = str(answer.headers)
        if answer.status_code >= 500 or is_markup or PRODUCT in text or "x=1" in headers:
            self.faults.append(f"{answer.status_code} {path} {body[:200]}")
        return answer


def begin(app: Flask, client: FlaskClient, desk: Desk) -> Attack:
    """Return somebody who means no good to a site with offices, a desk and a case."""
    attack, now = Attack(app, client), desk.now
    attack.desk = desk
    with desk.database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        anne, office = desk.anne.staff_id, desk.office_id
        service.join_office(session, anne, office, StaffRole.CASEWORKER, actor="system", now=now)
        attack.session = sessions.start(session, anne, now=now)
        target = NewStaff(TARGET, "Target", offices={office: StaffRole.CASEWORKER})
        service.add(session, target, actor="system", keyring=desk.keyring, now=now)
    attack.number = desk.receive().number
    attack.staff = Attack(app, app.test_client())
    attack.staff.client.set_cookie("desk", f"en.{attack.session}", path="/desk")
    return attack


def look_at_what_was_stored(attack: Attack) -> None:
    """Read every case at the desk: what was typed comes back escaped there, too."""
    with attack.desk.database.read_session() as session:
        numbers = list(session.scalars(select(Case.number)))
    for number in numbers[:MOST_LOOKED_AT]:
        path = f"/desk/cases/{number}"
        attack.staff.judge(path, attack.staff.client.get(path), "")
    path = "/desk/"
    attack.staff.judge(path, attack.staff.client.get(path), "")
