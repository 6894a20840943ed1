"""Two administrators with browsers, and a desk with a case they must not read."""

from dataclasses import replace

import pytest

from nav_access.offices.models import Municipality
from nav_access.staff import sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from tests.desk_factory import Desk, add_staff
from tests.doors.mistakes import list_missed
from tests.page import Form, page


def judged(response):
    """Read an answer in English, every fault of a page found."""
    return page(response, lang="en")


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
        with self.database.unit_of_work() as session:
            who = add_staff(session, name, now=self.clock())
            session.get_one(StaffMember, who.staff_id).site_roles = (StaffRole.ADMINISTRATOR,)
            token = sessions.start(session, who.staff_id, now=self.clock())
        browser = self.new_browser()
        browser.set_cookie("admin", f"en.{token}", path="/admin")
        browser.who = replace(who, roles=frozenset({StaffRole.ADMINISTRATOR}))
        return browser

    def page(self, path="", browser=None):
        """Read a page of the administration."""
        return judged((browser or self.ada).get(f"/admin/{path}"))

    def form(self, path, act, browser=None):
        """Return the form of an act on a page; the last when there are several."""
        shown = self.page(path, browser)
        return Form.read(shown, shown.all(f'form:has(input[name="do"][value="{act}"])')[-1])

    def send(self, path, act, browser=None, **typed):
        """Fill in and send the form of an act."""
        return self.form(path, act, browser).fill(**typed).submit(browser or self.ada)

    def read(self, path, act, browser=None, **typed):
        """Send a form and read the page it leads to."""
        return judged(self.send(path, act, browser, **typed))

    def asked(self, path, act, cases):
        """Send a form once for each case; return those whose field was not asked for again."""
        return list_missed(self.form(path, act), self.ada, cases)

    def do(self, verb, *arguments, **how):
        """Run a verb of a room as somebody of the command line."""
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, **({"actor": "cli", "now": self.clock()} | how))


@pytest.fixture
def admin(database, keyring, clock, new_browser, keys_file):
    return Administration(database, keyring, clock, new_browser, keys_file)
