"""Sending the same form until a receipt comes back, and comparing receipts with the database."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import select

from nav_access.core.db import Database
from nav_access.intake.models import Case
from tests.drills.site import NO_ANSWER, Person

PATIENCE_SECONDS = 90.0
NEED = {"need": "food", "acute": "no_food_today", "place": "0150", "phone": "40 00 00 00"}


@dataclass
class Ledger:
    """What the site has acknowledged: for each form, the codes of the receipts it got."""

    receipts: dict[str, set[str]] = field(default_factory=dict)
    retries: int = 0
    lock: Lock = field(default_factory=Lock)

    def write(self, token: str, code: str) -> None:
        """Note a receipt."""
        with self.lock:
            self.receipts.setdefault(token, set()).add(code)

    def note_retry(self) -> None:
        """Note that a form had to be sent again."""
        with self.lock:
            self.retries += 1


@dataclass(frozen=True)
class Tally:
    """How the database compares with the receipts people hold."""

    forms: int
    lost: int
    doubled: int


def send_forms(person: Person, count: int, ledger: Ledger) -> None:
    """Fill in `count` forms; each is sent until a receipt comes, every tenth once more."""
    for number in range(count):
        token = insist(lambda: person.new_form(), ledger)
        fields = {**NEED, "token": token, "message": f"form {number}"}
        for _ in range(2 if number % 10 == 0 else 1):
            code = insist(lambda fields=fields: receipt_code(person, fields), ledger)
            ledger.write(token, code)


def receipt_code(person: Person, fields: Mapping[str, str]) -> str:
    """Send a form once and return the code on its receipt."""
    answer = person.post("/en/help", fields)
    if answer.status == 503:
        raise ConnectionError("the site asks to try again")
    assert answer.status == 200, answer.text
    assert answer.code, answer.text
    return answer.code


def insist(act, ledger: Ledger):
    """Do something over and over until the site answers, as a person does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return act()
        except NO_ANSWER:
            ledger.note_retry()
            time.sleep(0.02)
    raise TimeoutError("the site did not come back")


def compare(database: Database, ledger: Ledger) -> Tally:
    """Count receipts without a case, and cases beyond one for each form."""
    with database.read_session() as session:
        stored = set(session.scalars(select(Case.number)))
    acknowledged = {code[:8] for codes in ledger.receipts.values() for code in codes}
    return Tally(
        forms=len(ledger.receipts),
        lost=len(acknowledged - stored),
        doubled=max(0, len(stored | acknowledged) - len(ledger.receipts)),
    )
