"""People who book times at an office that publishes them, through the pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Booking
from nav_access.appointments.service import make_slots
from nav_access.core.db import Database
from nav_access.offices.models import Office
from nav_access.web.shared.installation import Installation
from tests.capacity import add_rule, add_terms
from tests.doors.citizen.conftest import Citizen
from tests.page import Form, Page, attribute, page

PHONE = "40 00 00 00"
BOTH = ("callback", "appointment")
PURPOSES = {"callback": Purpose.CALLBACK, "appointment": Purpose.MEETING}


def publish(site: Installation, purpose: Purpose, slug: str = "nav-eikevik", **changes) -> None:
    """Let an office take one person each half hour, weekdays 09:00-12:00, and make the slots."""
    with site.database.unit_of_work() as session:
        office = session.scalars(select(Office.id).where(Office.slug == slug)).one()
        add_terms(session, office, purpose)
        for weekday in range(5):
            add_rule(session, office, purpose, weekday, **changes)
        session.flush()
        make_slots(session, now=site.clock())


@dataclass
class Booker:
    """A person without cookies on one of the booking pages."""

    citizen: Citizen
    path: str
    lang: str = "en"
    looks: Iterator[int] = field(default_factory=count)

    @property
    def database(self) -> Database:
        return self.citizen.database

    def open(self, query: str = "office=nav-eikevik") -> Page:
        """Read the page as it is now; each look has an address of its own, which nobody kept."""
        return self.citizen.page(f"/{self.lang}/{self.path}?{query}&look={next(self.looks)}")

    def fill(self, shown: Page | None = None, **values: str) -> Form:
        """Choose the first time that is a slot, and write a phone number."""
        shown = shown or self.open()
        chosen = {"slot": slots_on(shown)[0], "phone": PHONE} | values
        return shown.form().fill(**chosen)

    def send(self, form: Form, button: str | None = None) -> TestResponse:
        """Press the button that books, or another."""
        return form.submit(self.citizen.client, button or book_button(form))

    def book(self, **values: str) -> Page:
        """Book and read the receipt."""
        return page(self.send(self.fill(**values)))

    def bookings(self) -> list[Booking]:
        """Return every booking there is."""
        with self.database.read_session() as session:
            return list(session.scalars(select(Booking).order_by(Booking.id)))


def slots_on(shown: Page) -> list[str]:
    """Return the numbers of the times a page offers, in order."""
    values = [attribute(one, "value") for one in shown.all("input[name=slot]")]
    return [value for value in values if value.isdecimal()]


def book_button(form: Form) -> str:
    """Return the words of the main button."""
    return " ".join(form.tag.select_one("button:not([name])").get_text(" ").split())


def days_on(shown: Page) -> list[str]:
    """Return the days a page offers times on."""
    return [" ".join(one.get_text().split()) for one in shown.all(".day legend")]
