"""A person with a phone and no browser, the gateway that delivers, and the texts they get."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from nav_access.core.i18n.locales import OFFERED
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sealing import open_event_text, open_reaching, open_seal
from nav_access.messaging.codes import MessageChannel
from nav_access.offices.codes import OfficeKind
from nav_access.web.messages.carrying import Parcel
from nav_access.web.messages.send import send_due
from nav_access.web.shared.installation import Installation
from tests.conftest import FixedClock
from tests.desk_factory import Desk, add_office

TIGRINYA = "ሰላም፡ ሓገዝ የድልየኒ። መብራህቲ ተቖሪጹ ኣሎ።"
SECRET = "a-secret-the-gateway-knows"
PHONE = "+4790000001"
NUMBER = "2000"
DIGIT = {locale.tag: str(number) for number, locale in enumerate(OFFERED, 1)}
"""With which each language is chosen."""
ENGLISH = DIGIT["en"]

_ids = count(1)


@dataclass
class Carrier:
    """Takes every message and remembers it."""

    taken: list[Parcel] = field(default_factory=list)
    is_real: bool = True

    def carry(self, parcel: Parcel) -> None:
        self.taken.append(parcel)


@dataclass
class Phone:
    """Somebody's phone, the gateway in between, and the site."""

    app: Flask
    client: FlaskClient
    clock: FixedClock
    desk: Desk
    number: str = PHONE
    carrier: Carrier = field(default_factory=Carrier)

    def __post_init__(self) -> None:
        self.site: Installation = self.app.extensions["nav_access"]

    def deliver(self, text: str, **fields: str):
        """Deliver a text as a form, with the secret and an id of its own; return the answer."""
        given = {"secret": SECRET, "from": self.number, "to": NUMBER, "id": f"id-{next(_ids)}"}
        return self.client.post("/sms/inbound", data={**given, "text": text, **fields})

    def text(self, *texts: str) -> str:
        """Send texts half a minute apart and return what the last was answered with, or «»."""
        said = ""
        for text in texts:
            self.clock.advance(seconds=30)
            assert self.deliver(text).status_code == 200
            said = self.answer()
        return said

    def answer(self) -> str:
        """Send what is due; return the newest text to this phone, «» when none came."""
        before = len(self.carrier.taken)
        with self.app.app_context():
            send_due(self.site, self.clock(), carriers={MessageChannel.SMS: self.carrier})
        new = [one for one in self.carrier.taken[before:] if one.address == self.number]
        assert len(new) <= 1
        return new[0].wording.text if new else ""

    @property
    def texts(self) -> list[str]:
        """Every text this phone has got."""
        return [one.wording.text for one in self.carrier.taken if one.address == self.number]

    def cases(self) -> list[Case]:
        """Return every case there is, oldest first."""
        with self.site.database.read_session() as session:
            return list(session.scalars(select(Case).order_by(Case.id)))

    def reaching(self) -> Reaching:
        """Return how the only person can be reached."""
        with self.site.database.read_session() as session:
            return session.scalars(select(Reaching)).one()

    def events(self) -> list[tuple[str, str | None]]:
        """Return what has happened to the only case: kinds, and words opened."""
        (case,) = self.cases()
        seal = open_seal(self.site.keyring, case)
        with self.site.database.read_session() as session:
            rows = session.scalars(select(CaseEvent).order_by(CaseEvent.seq)).all()
        return [
            (str(e.kind), open_event_text(seal, case.number, e.seq, e.text_sealed)) for e in rows
        ]

    def place(self) -> str | None:
        """Return the place the only person told."""
        (case,) = self.cases()
        seal = open_seal(self.site.keyring, case)
        return open_reaching(seal, case.number, "place", self.reaching().place_sealed)

    def of(self, number: str) -> "Phone":
        """Return another phone at the same gateway."""
        return replace(self, number=number)


@pytest.fixture
def app(settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole site, with a gateway that has a secret."""
    messages = replace(settings.messages, sms_secret=SECRET)
    app = create_app(replace(settings, messages=messages), clock=clock)
    app.testing = True
    yield app
    app.extensions["nav_access"].database.dispose()


@pytest.fixture
def desk(app: Flask, now: datetime) -> Desk:
    """Two offices with staff, and the contact centre."""
    site = app.extensions["nav_access"]
    with site.database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
    return Desk(site.database, site.keyring, now)


@pytest.fixture
def phone(app: Flask, client: FlaskClient, clock: FixedClock, desk: Desk) -> Phone:
    """A phone nobody knows yet."""
    return Phone(app, client, clock, desk)


def count_rows(phone: Phone, model: type) -> int:
    with phone.site.database.read_session() as session:
        return session.scalar(select(func.count()).select_from(model))
