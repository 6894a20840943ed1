"""A site with an office, people with wishes, and a carrier that only remembers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from nav_access.intake import messages
from nav_access.intake.applications import Application, ContactWishes
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case, Reaching
from nav_access.messaging.codes import MessageChannel, MessageKind
from nav_access.messaging.models import OutboxMessage
from nav_access.web.messages.carrying import Carrier, NotTaken, Parcel
from nav_access.web.messages.send import SendReport, send_due
from nav_access.web.shared.installation import Installation, install
from tests.conftest import FixedClock
from tests.desk_factory import FOOD, Desk
from tests.live import free_port

PHONE = "+4791234567"
EMAIL = "kari@example.org"


@dataclass
class Remembering:
    """Takes every message, or none while `trouble` is set."""

    taken: list[Parcel] = field(default_factory=list)
    trouble: NotTaken | None = None
    is_real: bool = True
    on_carry: Callable[[], None] = lambda: None

    def carry(self, parcel: Parcel) -> None:
        self.on_carry()
        if self.trouble is not None:
            raise self.trouble
        self.taken.append(parcel)


class Post:
    """The outbox of a site with one office, and what left it."""

    def __init__(self, app: Flask, desk: Desk, clock: FixedClock) -> None:
        self.app = app
        self.installation: Installation = app.extensions["nav_access"]
        self.desk, self.clock = desk, clock
        self.sms: Carrier = Remembering()
        self.email: Carrier = Remembering()
        self.keys: list[str] = []
        self.numbers: list[str] = []

    def receive(self, wishes: ContactWishes, language: str = "nb") -> int:
        """Store a request and return its case's id."""
        application: Application = replace(FOOD, wishes=wishes, language=language)
        receipt = self.desk.receive(application)
        self.keys.append(str(receipt.key))
        self.numbers.append(receipt.number)
        with self.installation.database.read_session() as session:
            return session.scalars(select(Case.id).where(Case.number == receipt.number)).one()

    def tell(self, case_id: int, kind: MessageKind, due: datetime | None = None, **detail: str):
        """Queue a message about a case."""
        now = self.clock()
        once = f"{kind}-{case_id}"
        with self.installation.database.unit_of_work() as session:
            messages.tell(
                session, case_id, kind, detail=detail, due_utc=due or now, now=now, once=once
            )

    def change(self, case_id: int, **columns: object) -> None:
        """Change how a person is reached."""
        with self.installation.database.unit_of_work() as session:
            session.execute(update(Reaching).where(Reaching.case_id == case_id).values(**columns))

    def withdraw(self, case_id: int) -> None:
        """Let the person withdraw."""
        with self.installation.database.unit_of_work() as session:
            withdrawn = update(Case).where(Case.id == case_id)
            session.execute(withdrawn.values(status=CaseStatus.WITHDRAWN))

    def set_secret(self, secret: str) -> None:
        """Give the site the gateway's secret."""
        known = replace(self.installation.settings.messages, sms_secret=secret)
        settings = replace(self.installation.settings, messages=known)
        install(self.app, replace(self.installation, settings=settings))

    def send(self) -> SendReport:
        """Send what is due at the clock's time."""
        ways = {MessageChannel.SMS: self.sms, MessageChannel.EMAIL: self.email}
        return send_due(self.installation, self.clock(), carriers=ways)

    @property
    def left(self) -> list[Parcel]:
        """Everything that left, by either way."""
        return [*self.sms.taken, *self.email.taken]

    def rows(self) -> list[OutboxMessage]:
        """Return the outbox as it is stored."""
        with self.installation.database.read_session() as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    parts: Installation = app.extensions["nav_access"]
    return Desk(parts.database, parts.keyring, clock())


@pytest.fixture
def post(app: Flask, desk: Desk, clock: FixedClock) -> Iterator[Post]:
    with app.app_context():
        yield Post(app, desk, clock)


@pytest.fixture
def unused_port() -> int:
    """A port nobody listens on."""
    return free_port()
