"""A small world for the citizens' pages: a contact centre and two offices in Oslo."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.core.db import Database
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Municipality, Office, OfficeArea, Postcode
from nav_access.web.shared.installation import Installation
from tests.desk_factory import add_office
from tests.page import Page, page

ACUTE = {"need": "food", "acute": "no_food_today", "place": "0150", "phone": "40 00 00 00"}
QUIET = {"need": "letter", "place": "0150", "phone": "40 00 00 00"}


@dataclass
class Citizen:
    """A person whose browser refuses cookies, and what they can do."""

    client: FlaskClient
    database: Database

    def page(self, path: str) -> Page:
        """Read a page."""
        return page(self.client.get(path))

    def token(self, lang: str = "nb") -> str:
        """Open the form and return its token."""
        return self.page(f"/{lang}/help").form().values["token"][0]

    def ask(self, values: dict[str, object], lang: str = "nb") -> TestResponse:
        """Send the form with these values; with a fresh token unless one is among them."""
        token = values.get("token") or self.token(lang)
        return self.client.post(f"/{lang}/help", data={**values, "token": token})

    def code(self, values: dict[str, object] = ACUTE) -> str:
        """Ask for help and return the case code."""
        return code_on(page(self.ask(values)))

    def open(self, code: str, lang: str = "nb", **more: str) -> TestResponse:
        """Type a case code."""
        return self.client.post(f"/{lang}/case", data={"code": code, **more})

    def cases(self) -> list[Case]:
        """Return every case there is."""
        with self.database.read_session() as session:
            return list(session.scalars(select(Case).order_by(Case.id)))

    def reaching(self) -> Reaching:
        """Return how the only person can be reached."""
        with self.database.read_session() as session:
            return session.scalars(select(Reaching)).one()

    def kinds(self) -> list[str]:
        """Return what has happened to all cases, in order."""
        with self.database.read_session() as session:
            return list(session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)))


def code_on(receipt: Page) -> str:
    """Return the case code a receipt shows."""
    return receipt.one("#code").get_text().strip()


@pytest.fixture
def site(app: Flask) -> Installation:
    """The installation, with a contact centre and two offices in Oslo."""
    installation: Installation = app.extensions["nav_access"]
    with installation.database.unit_of_work() as session:
        session.add(Municipality(number="0301", name="Oslo", search_name="oslo"))
        session.flush()
        for code in ("0150", "0550"):
            session.add(
                Postcode(code=code, place="OSLO", search_place="oslo", municipality_number="0301")
            )
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        for slug, postcode in (("nav-eikevik", "0150"), ("nav-granvik", "")):
            add_office(session, slug)
            session.add(
                OfficeArea(
                    office_number=slug,
                    municipality_number="0301",
                    postcode=postcode,
                    source="test",
                )
            )
    return installation


@pytest.fixture
def citizen(site: Installation, client: FlaskClient) -> Citizen:
    """A person without cookies, in a world with offices."""
    return Citizen(client, site.database)


@pytest.fixture
def office_of(site: Installation):
    """Tells which office a case is with."""

    def find(case: Case) -> str:
        with site.database.read_session() as session:
            return session.get_one(Office, case.office_id).slug

    return find
