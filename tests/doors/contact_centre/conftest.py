"""The contact centre with Olga signed in, and the desk's Anne for what offices do."""

import pytest

from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from tests.centre_factory import Centre
from tests.page import page


class OpenCentre(Centre):
    """The centre of `centre_factory`, with browsers in which its people are signed in."""

    def __init__(self, database, keyring, clock, new_browser):
        super().__init__(database, keyring, clock())
        self.clock, self.new_browser = clock, new_browser
        role = StaffRole.CASEWORKER
        given = {"actor": "system", "now": clock()}
        with database.unit_of_work() as session:
            for who in (self.anne, self.bo):
                service.join_office(session, who.staff_id, self.office_id, role, **given)

    def browser(self, who, door="contact_centre", prefix="/contact-centre"):
        """Return a browser in which somebody is signed in, in English."""
        with self.database.unit_of_work() as session:
            token = sessions.start(session, who.staff_id, now=self.clock())
        browser = self.new_browser()
        browser.set_cookie(door, f"en.{token}", path=prefix)
        return browser

    def at_desk(self, who):
        """Return a browser in which somebody is signed in at the desk."""
        return self.browser(who, "desk", "/desk")


@pytest.fixture
def centre(database, keyring, clock, new_browser):
    return OpenCentre(database, keyring, clock, new_browser)


@pytest.fixture
def browser(centre):
    """Olga's browser."""
    return centre.browser(centre.olga)


@pytest.fixture
def ask(browser):
    """Looks for somebody as Olga; returns the answer."""

    def ask(asked, reason="caller_rang", **typed):
        shown = page(browser.get("/contact-centre/"))
        form = shown.form('form[action="/contact-centre/"]')
        return form.fill(asked=asked, reason=reason, **typed).submit(browser)

    return ask
