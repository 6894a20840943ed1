"""A manager with an office that has a door, for tests of a manager's pages."""

import json

from nav_access.offices.models import Municipality, Office, OfficeArea
from nav_access.staff import members, service
from nav_access.staff.codes import StaffRole
from nav_access.staff.members import Standing
from tests.doors.mistakes import list_missed
from tests.page import Form, page
from tests.rooms.offices_data import bring_in_content

TUESDAY, WEDNESDAY = "1", "2"
NINE_TO_THREE = [{"dag": "Tirsdag", "fra": "09:00", "til": "15:00"}]


def judged(response):
    """Read an answer in English, every fault of a page found."""
    return page(response, lang="en")


class ManagedOffice:
    """The desk's first office, as the register has it, and its manager's browser."""

    def __init__(self, desk, name="Marit"):
        self.desk, self.database = desk, desk.database
        self.register()
        self.browser = self.manager(name)

    def register(self, times=NINE_TO_THREE):
        """Import the register: the office is open at these times."""
        door = {"besoeksadresse": {"gatenavn": "Gata"}, "aapningstider": times}
        unit = {"enhetNr": "nav-eikevik", "navn": "Nav Eikevik", "type": "LOKAL"}
        whole = {
            "enhet": unit | {"status": "Aktiv"},
            "kontaktinformasjon": {"telefonnummer": "22000000", "publikumsmottak": [door]},
        }
        bring_in_content(self.database, json.dumps(whole).encode())
        with self.database.unit_of_work() as session:
            if session.get(Municipality, "4601") is None:
                session.add(Municipality(number="4601", name="Bergen", search_name="bergen"))
                session.flush()
                session.add(
                    OfficeArea(
                        office_number="nav-eikevik", municipality_number="4601", source="test"
                    )
                )

    def manager(self, name):
        """Return the browser of a new manager of the office."""
        browser = self.desk.at_work(name)
        with self.database.unit_of_work() as session:
            service.join_office(
                session,
                browser.who.staff_id,
                self.desk.office_id,
                StaffRole.MANAGER,
                actor="system",
                now=self.desk.now,
            )
        return browser

    def page(self, path, browser=None):
        """Read one of the manager's pages."""
        return judged((browser or self.browser).get(f"/desk/office/{path}"))

    def form(self, path, act, browser=None):
        """Return the form of an act on a page; the last one when there are several."""
        return self.form_on(self.page(path, browser), act)

    def form_on(self, shown, act):
        """Return the form of an act on a page that was read."""
        return Form.read(shown, shown.all(f'form:has(input[name="do"][value="{act}"])')[-1])

    def asked(self, path, act, cases):
        """Send a form once for each case; return those whose field was not asked for again."""
        return list_missed(self.form(path, act), self.browser, cases)

    def look(self, form, browser=None):
        """Send a form and read what it leads to: the look before it is saved."""
        return judged(form.submit(browser or self.browser))

    def save(self, looked, browser=None):
        """Press «save» on the look."""
        return looked.form('form:has(input[name="step"])').submit(browser or self.browser)

    def office(self):
        """Return the office as it is stored."""
        with self.database.read_session() as session:
            return session.get_one(Office, self.desk.office_id)

    def public(self):
        """Read the office's page as people do a minute later: it is kept for so long."""
        self.desk.clock.advance(minutes=1)
        return judged(self.desk.new_browser().get("/en/offices/nav-eikevik")).text

    def standing(self, staff_id):
        """Return what somebody is at the office."""
        with self.database.read_session() as session:
            return members.get_member(session, self.desk.office_id, staff_id).standing


MANAGER = Standing(StaffRole.MANAGER)
