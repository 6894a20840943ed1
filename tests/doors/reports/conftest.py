"""Two offices of which something is told, a supervisor, and a manager of each."""

import pytest
from sqlalchemy import update

from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from tests.desk_factory import add_staff
from tests.stats_factory import Counted


class Followed(Counted):
    """Many things that happened, and browsers of those who follow them up."""

    def __init__(self, database, keyring, now, new_browser):
        super().__init__(database, keyring, now)
        self.new_browser = new_browser

    def supervisor(self):
        """Return the browser of somebody who sees every office, in English."""
        with self.database.unit_of_work() as session:
            who = add_staff(session, "Sara", now=self.now)
            made = update(StaffMember).where(StaffMember.id == who.staff_id)
            session.execute(made.values(site_roles=(StaffRole.SUPERVISOR,)))
        return self.browser(who.staff_id)

    def manager(self, *office_ids):
        """Return the browser of somebody who manages these offices, in English."""
        with self.database.unit_of_work() as session:
            who = add_staff(session, "Maria", now=self.now)
            for office_id in office_ids:
                given = {"actor": "system", "now": self.now}
                service.join_office(session, who.staff_id, office_id, StaffRole.MANAGER, **given)
        return self.browser(who.staff_id)

    def browser(self, staff_id):
        """Return a browser in which somebody is signed in."""
        with self.database.unit_of_work() as session:
            token = sessions.start(session, staff_id, now=self.now)
        browser = self.new_browser()
        browser.set_cookie("reports", f"en.{token}", path="/reports")
        return browser


@pytest.fixture
def followed(database, keyring, now, new_browser) -> Followed:
    return Followed(database, keyring, now, new_browser)
