"""Two offices and one caseworker, Kari, with what she signs in with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import code_at
from nav_access.staff.service import Credentials, NewStaff, SignedIn
from tests.desk_factory import add_office, choose_own

KARI = "kari@nav.no"


@pytest.fixture
def office_ids(database: Database) -> tuple[int, int]:
    """Two offices."""
    with database.unit_of_work() as session:
        return add_office(session, "nav-eikevik"), add_office(session, "nav-granvik")


@pytest.fixture
def kari(database: Database, office_ids, keyring: Keyring, now: datetime) -> Credentials:
    """A caseworker at the first office, who has signed in before."""
    new = NewStaff(KARI, "Kari Nordmann", offices={office_ids[0]: StaffRole.CASEWORKER})
    with database.unit_of_work() as session:
        given = service.add(session, new, actor="cli", keyring=keyring, now=now)
        choose_own(session, given.staff_id)
        return given


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session whose work is thrown away; others may write meanwhile."""
    with database.read_session() as session:
        yield session


@dataclass
class Door:
    """Signs Kari in, everything right unless said otherwise."""

    database: Database
    kari: Credentials
    keyring: Keyring
    now: datetime

    def __call__(self, **other: object) -> SignedIn:
        now = other.get("now", self.now)
        right = {
            "email": KARI,
            "password": self.kari.password,
            "code": code_at(self.kari.totp_secret, now),
            "address": "192.0.2.7",
            "keyring": self.keyring,
            "now": now,
        }
        return service.sign_in(self.database, **{**right, **other})

    def audit(self) -> list[tuple[str, str, str, str]]:
        """Return what the audit says after Kari was added."""
        columns = (ENTRIES.c.actor, ENTRIES.c.action, ENTRIES.c.subject, ENTRIES.c.detail)
        with self.database.read_session() as session:
            rows = session.execute(select(*columns).order_by(ENTRIES.c.number))
            return [tuple(row) for row in rows][1:]


@pytest.fixture
def sign_in(database: Database, kari: Credentials, keyring: Keyring, now: datetime) -> Door:
    """Signs Kari in."""
    return Door(database, kari, keyring, now)
