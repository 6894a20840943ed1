"""Staff with passwords and devices, and browsers in which they are signed in."""

import pytest

from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import code_at
from nav_access.staff.service import NewStaff
from tests.desk_factory import Desk, add_staff, begin_session, choose_own
from tests.page import page


class SignedInDesk(Desk):
    """The desk of `desk_factory`, with caseworkers who can sign in through the page."""

    def __init__(self, database, keyring, clock, new_browser):
        super().__init__(database, keyring, clock())
        self.clock = clock
        self.new_browser = new_browser
        self.credentials = {}

    def employ(self, name, *office_ids):
        """Add a caseworker with credentials; returns the e-mail address."""
        email = f"{name.casefold()}@desk.example.org"
        offices = dict.fromkeys(office_ids or (self.office_id,), StaffRole.CASEWORKER)
        new = NewStaff(email, name, offices=offices)
        with self.database.unit_of_work() as session:
            mine = service.add(session, new, actor="system", keyring=self.keyring, now=self.clock())
            choose_own(session, mine.staff_id)
        self.credentials[email] = mine
        return email

    def sign_in(self, email, lang="en"):
        """Return a browser in which this person is signed in."""
        browser = self.new_browser()
        shown = page(browser.get(f"/desk/sign-in?lang={lang}", follow_redirects=True))
        assert self.send_sign_in(browser, shown, email).status_code == 303
        return browser

    def at_work(self, name, *office_ids, lang="en"):
        """Return a browser in which a new caseworker is signed in, without the slow password."""
        with self.database.unit_of_work() as session:
            who = add_staff(session, name, *(office_ids or [self.office_id]), now=self.clock())
            token = begin_session(session, who, self.clock())
        browser = self.new_browser()
        browser.set_cookie("desk", f"{lang}.{token}", path="/desk")
        browser.who = who
        return browser

    def send_sign_in(self, browser, shown, email, **changes):
        """Fill in and send the sign-in page."""
        mine = self.credentials[email]
        typed = {
            "email": email,
            "password": mine.password,
            "code": code_at(mine.totp_secret, self.clock()),
        }
        return shown.form('form[action="/desk/sign-in"]').fill(**(typed | changes)).submit(browser)


@pytest.fixture
def desk(database, keyring, clock, new_browser):
    return SignedInDesk(database, keyring, clock, new_browser)


@pytest.fixture
def browser(desk):
    """A browser with Eli of the first office signed in, in English."""
    return desk.at_work("Eli")
