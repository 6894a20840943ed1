"""A registered terminal in an office's reception, and whoever stands at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from secrets import token_hex

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.appointments.models import Booking
from nav_access.intake.models import Case
from nav_access.kiosk import arriving, terminals
from tests.desk_factory import Desk
from tests.page import Page, page


@dataclass
class Kiosk:
    """A terminal's browser, in one language."""

    client: FlaskClient
    desk: Desk
    lang: str = "en"

    @property
    def root(self) -> str:
        """The terminal's first address."""
        return f"/kiosk/{self.desk.slug}/"

    @property
    def home(self) -> str:
        """What can be done, in this language."""
        return f"{self.root}{self.lang}/"

    def get(self, path: str = "") -> Page:
        """Open a page below the home."""
        return page(self.client.get(self.home + path))

    def send(self, on: Page, act: str | None = None, **typed: str | list[str]) -> TestResponse:
        """Fill in the page's own form, press its button and go where that leads."""
        sent = on.form("main form").fill(**typed).submit(self.client, act)
        is_shown = sent.status_code == 303 and "/shown/" in sent.location
        return self.client.get(sent.location) if is_shown else sent

    def finish(self, on: Page, act: str = "finish") -> TestResponse:
        """Press one of the ways out."""
        return on.form("header form").submit(self.client, act)

    def book(self) -> str:
        """Let somebody have an appointment here at half past ten; return their case number."""
        return book_meeting(self.desk)

    def ask_help(self, **typed: str | list[str]) -> TestResponse:
        """Send a request for help."""
        self.get()
        return self.send(self.get("help"), need=["food"], message="Kanarifugl", **typed)


def book_meeting(desk: Desk) -> str:
    """Let somebody have an appointment at half past ten; return their case number."""
    number = desk.receive().number
    book_for(desk, number)
    return number


def book_for(desk: Desk, number: str) -> None:
    """Let the person of a case have an appointment at half past ten."""
    at = desk.now.replace(minute=30) + timedelta(hours=1)
    with desk.database.unit_of_work() as session:
        case_id = session.scalars(select(Case.id).where(Case.number == number)).one()
        session.add(
            Booking(
                case_id=case_id,
                uid=token_hex(8),
                office_id=desk.office_id,
                purpose=Purpose.MEETING,
                kind=BookingKind.OFFICE,
                state=BookingState.BOOKED,
                starts_utc=at,
                ends_utc=at + timedelta(minutes=30),
                created_utc=desk.now,
                changed_utc=desk.now,
            )
        )


def come(desk: Desk, number: str) -> int:
    """Check somebody in at a terminal of the office; return the id of their ticket."""
    with desk.database.unit_of_work() as session:
        code = terminals.add_terminal(session, desk.office_id, "Disken", actor="cli", now=desk.now)
        done = terminals.register(session, code, now=desk.now)
        at = terminals.find_terminal(session, desk.slug, done.secret)
        assert at
        return arriving.check_in(
            session,
            at,
            number,
            time(10, 30),
            once=token_hex(8).encode(),
            keyring=desk.keyring,
            now=desk.now,
        )


def begin_at(visitor: FlaskClient, desk: Desk, lang: str) -> Kiosk:
    """Make a browser a terminal at once, as if its code had been typed."""
    with desk.database.unit_of_work() as session:
        code = terminals.add_terminal(session, desk.office_id, "Døra", actor="cli", now=desk.now)
        done = terminals.register(session, code, now=desk.now)
    visitor.set_cookie("kiosk", done.secret, path=f"/kiosk/{desk.slug}/")
    return Kiosk(visitor, desk, lang)


def set_up(app: Flask, desk: Desk, lang: str = "en") -> Kiosk:
    """Register a terminal as staff do: with a code typed at it."""
    with desk.database.unit_of_work() as session:
        code = terminals.add_terminal(session, desk.office_id, "Døra", actor="cli", now=desk.now)
    client = app.test_client()
    done = page(client.get("/kiosk/register")).form().fill(code=code).submit(client)
    assert done.location == f"/kiosk/{desk.slug}/"
    return Kiosk(client, desk, lang)


@pytest.fixture
def desk(app: Flask) -> Desk:
    site = app.extensions["nav_access"]
    return Desk(site.database, site.keyring, site.clock())


@pytest.fixture
def kiosk(app: Flask, desk: Desk) -> Kiosk:
    kiosk = set_up(app, desk)
    kiosk.get()
    return kiosk


@pytest.fixture
def in_language(app: Flask, desk: Desk) -> Callable[[str], Kiosk]:
    return lambda lang: set_up(app, desk, lang)
