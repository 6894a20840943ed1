"""Two administrators with browsers, and a desk with a case they must not read."""

import pytest

from nav_access.offices.models import Municipality
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who
from nav_access.staff.service import NewStaff
from tests.desk_factory import Desk
from tests.page import Form, page


class Administration:
    """The site, Ada and Unn who run it, and an office with one case."""

    def __init__(self, database, keyring, clock, new_browser, keys_file):
        self.keys_file = keys_file
        self.database, self.keyring, self.clock = database, keyring, clock
        self.new_browser = new_browser
        self.desk = Desk(database, keyring, clock())
        with database.unit_of_work() as session:
            session.add(Municipality(number="4601", name="Bergen", search_name="bergen"))
        self.ada, self.unn = self.administrator("Ada"), self.administrator("Unn")

    def administrator(self, name):
        """Return the browser of a new administrator."""
        new = NewStaff(f"{name}@nav.no", name, frozenset({StaffRole.ADMINISTRATOR}))
        how = {"actor": "cli", "keyring": self.keyring, "now": self.clock()}
        with self.database.unit_of_work() as session:
            staff_id = service.add(session, new, **how).staff_id
            token = sessions.start(session, staff_id, now=self.clock())
        browser = self.new_browser()
        browser.set_cookie("admin", f"en.{token}", path="/admin")
        roles = frozenset({StaffRole.ADMINISTRATOR})
        browser.who = Who(staff_id, name, new.email, frozenset(), roles)
        return browser

    def page(self, path="", browser=None):
        """Read a page of the administration."""
        return page((browser or self.ada).get(f"/admin/{path}"), lang="en")

    def form(self, path, act, browser=None):
        """Return the form of an act on a page; the last when there are several."""
        shown = self.page(path, browser)
        return Form.read(shown, shown.all(f'form:has(input[name="do"][value="{act}"])')[-1])

    def send(self, path, act, browser=None, **typed):
        """Fill in and send the form of an act."""
        return self.form(path, act, browser).fill(**typed).submit(browser or self.ada)

    def read(self, path, act, browser=None, **typed):
        """Send a form and read the page it leads to."""
        return page(self.send(path, act, browser, **typed), lang="en")

    def do(self, verb, *arguments, **how):
        """Run a verb of a room as somebody of the command line."""
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, **({"actor": "cli", "now": self.clock()} | how))


@pytest.fixture
def admin(database, keyring, clock, new_browser, keys_file):
    return Administration(database, keyring, clock, new_browser, keys_file)
