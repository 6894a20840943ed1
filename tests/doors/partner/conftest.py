"""Two agencies at work, each member in a browser of their own, and people who come back."""

import pytest

from nav_access.staff import sessions
from tests.page import page
from tests.partner_factory import Agencies

SEND = 'form[action="/partner/new"]'
RIGHT = {
    "need": ["food"],
    "place": "0150",
    "name": "Kari Ås",
    "message": "Kjøleskapet er tomt.",
    "relation": "contact",
    "way": "interpreter_by_phone",
    "may": ["follow", "messages"],
    "told": "yes",
}


class AtWork(Agencies):
    """The agencies of `partner_factory`, whose members open pages."""

    def __init__(self, database, keyring, clock, new_browser):
        super().__init__(database, keyring, clock())
        self.clock, self.new_browser = clock, new_browser

    def browser(self, who=None, lang="en"):
        """Return a browser somebody is signed in with; Ida unless told who."""
        with self.database.unit_of_work() as session:
            token = sessions.start(session, (who or self.ida).staff_id, now=self.clock())
        browser = self.new_browser()
        browser.set_cookie("partner", f"{lang}.{token}", path="/partner")
        return browser

    def send_page(self, browser, **changes):
        """Fill in the form and send it for a person."""
        form = page(browser.get("/partner/new")).form(SEND)
        return form.fill(**(RIGHT | changes)).submit(browser, "send")


@pytest.fixture
def agencies(database, keyring, clock, new_browser):
    """The agencies, Monday morning."""
    return AtWork(database, keyring, clock, new_browser)


@pytest.fixture
def browser(agencies):
    """Ida of the first agency, signed in, in English."""
    return agencies.browser()
