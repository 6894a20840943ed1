"""Offices, staff and cases for tests of the desk, made without the doors."""

from dataclasses import replace
from datetime import datetime
from secrets import token_bytes

from sqlalchemy.orm import Session

from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.intake import service
from nav_access.intake.applications import Application, ContactWishes, Receipt, Submission
from nav_access.intake.codes import Need
from nav_access.intake.handling import Turn
from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.models import Office
from nav_access.staff import service as service_of_staff
from nav_access.staff import sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

FOOD = Application(
    needs=frozenset({Need.FOOD}),
    acute=frozenset(),
    has_children=False,
    place="",
    office="nav-eikevik",
    message="Kjøleskapet er tomt <b>nå</b>.",
    language="nb",
    wishes=ContactWishes(phone="+4791234567", name="Kari Ås", email="kari@example.org"),
)


def submission(keyring: Keyring) -> Submission:
    """Return a form nobody has handed in yet."""
    return Submission(token_bytes(16), keyring.active_id)


def add_office(session: Session, slug: str, kind: OfficeKind = OfficeKind.LOCAL) -> int:
    """Store an office and return its id."""
    name = slug.replace("-", " ").title()
    office = Office(
        number=slug,
        slug=slug,
        name=name,
        search_name=name.casefold(),
        kind=kind,
        status=OfficeStatus.ACTIVE,
        source="test",
    )
    session.add(office)
    session.flush()
    return office.id


def add_staff(session: Session, name: str, *office_ids: int, now: datetime) -> Who:
    """Store a caseworker and return who they are when signed in."""
    email = f"{name.casefold()}@example.org"
    member = StaffMember(
        email=email,
        name=name,
        site_roles=(),
        password_hash="",
        totp_secret_sealed=b"",
        created_utc=now,
    )
    session.add(member)
    session.flush()
    roles = frozenset({StaffRole.CASEWORKER})
    return Who(member.id, name, email, frozenset(office_ids), roles)


def choose_own(session: Session, staff_id: int) -> None:
    """Let what was handed out be as if its person had chosen it: sign-in leads further."""
    session.get_one(StaffMember, staff_id).handed_out_until_utc = None


class Desk:
    """Two offices, two caseworkers at the first and one at the second."""

    def __init__(
        self, database: Database, keyring: Keyring, now: datetime, *, suffix: str = ""
    ) -> None:
        """Make it; `suffix` tells apart the names of several on one database."""
        self.database, self.keyring, self.now = database, keyring, now
        self.slug = f"nav-eikevik{suffix}"
        with database.unit_of_work() as session:
            self.office_id = add_office(session, self.slug)
            self.other_id = add_office(session, f"nav-granvik{suffix}")
            self.anne = add_staff(session, f"Anne{suffix}", self.office_id, now=now)
            self.bo = add_staff(session, f"Bo{suffix}", self.office_id, now=now)
            self.stranger = add_staff(session, f"Siv{suffix}", self.other_id, now=now)

    def receive(self, application: Application = FOOD, **changes: object) -> Receipt:
        """Store a request; `changes` replace parts of the application."""
        wanted = replace(application, **({"office": self.slug} | changes))
        with self.database.unit_of_work() as session:
            return service.receive(
                session, wanted, submission(self.keyring), keyring=self.keyring, now=self.now
            )

    def turn(self, number: str, seen: int = 1, who: Who | None = None) -> Turn:
        """Return a turn at a case with a fresh form; Anne's unless told whose."""
        return Turn(who or self.anne, number, seen, submission(self.keyring))

    def do(self, verb: object, turn: Turn, *arguments: object) -> None:
        """Run one verb of `handling` in its own unit of work, at the desk's time."""
        with self.database.unit_of_work() as session:
            verb(session, turn, *arguments, keyring=self.keyring, now=self.now)


def begin_session(session: Session, who: Who, now: datetime) -> str:
    """Sign somebody in without the slow password; returns the session's token."""
    for office_id in who.office_ids:
        role = StaffRole.CASEWORKER
        service_of_staff.join_office(
            session, who.staff_id, office_id, role, actor="system", now=now
        )
    return sessions.start(session, who.staff_id, now=now)
