"""One person for each signed-in door, with credentials, and one who belongs to none."""

import os
from pathlib import Path

import pytest

from nav_access.core.clock import to_oslo
from nav_access.intake.codes import Need
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import code_at
from nav_access.staff.service import Credentials, NewStaff
from nav_access.web.admin.urls import DOOR as ADMIN
from nav_access.web.contact_centre.urls import DOOR as CONTACT_CENTRE
from nav_access.web.desk.urls import DOOR as DESK
from nav_access.web.partner.urls import DOOR as PARTNER
from nav_access.web.reports.urls import DOOR as REPORTS
from tests import schema
from tests.conftest import SHARED
from tests.desk_factory import Desk, choose_own
from tests.page import page

DOORS = (DESK, PARTNER, CONTACT_CENTRE, REPORTS, ADMIN)
NOBODYS = "nobody"


class People:
    """Somebody for each door, by its name, added when first asked for."""

    def __init__(self, database, keyring, clock):
        self.database, self.keyring, self.clock = database, keyring, clock
        self.desk = Desk(database, keyring, clock())
        self.credentials: dict[str, Credentials] = {}
        given = {"actor": "system", "now": clock()}
        with database.unit_of_work() as session:
            self.agency_id = partners.add_agency(session, NewAgency("Byhjelpen"), **given)
            terms = Terms(frozenset({"9901"}), frozenset(Need), to_oslo(clock()).date())
            partners.add_agreement(session, self.agency_id, terms, **given)

    def add(self, name):
        """Return what the person of this name signs in with."""
        more = {
            "desk": {"offices": {self.desk.office_id: StaffRole.CASEWORKER}},
            "contact_centre": {"site_roles": frozenset({StaffRole.OPERATOR})},
            "reports": {"site_roles": frozenset({StaffRole.SUPERVISOR})},
            "admin": {"site_roles": frozenset({StaffRole.ADMINISTRATOR})},
        }
        if name not in self.credentials:
            new = NewStaff(f"{name}@people.example", name, **more.get(name, {}))
            given = {"actor": "system", "now": self.clock()}
            with self.database.unit_of_work() as session:
                mine = service.add(session, new, keyring=self.keyring, **given)
                choose_own(session, mine.staff_id)
                if name == "partner":
                    role = AgencyRole.MEMBER
                    partners.add_member(session, self.agency_id, mine.staff_id, role, **given)
            self.credentials[name] = mine
        return self.credentials[name]

    def typed(self, name):
        """Return what this person types to sign in."""
        mine = self.add(name)
        return {
            "email": f"{name}@people.example",
            "password": mine.password,
            "code": code_at(mine.totp_secret, self.clock()),
        }

    def sign_in(self, browser, door, name):
        """Sign this person in at a door, and return the answer."""
        shown = page(browser.get(f"{door.sign_in}?lang=en", follow_redirects=True), lang="en")
        form = shown.form(f'form[action="{door.sign_in}"]')
        return form.fill(**self.typed(name)).submit(browser)


@pytest.fixture
def database_url(tmp_path):
    """SQLite alone: what databases differ in is tried in the rooms."""
    folder = Path(os.environ[SHARED])
    return schema.copy_sqlite(folder, tmp_path / "nav_access.sqlite3")


@pytest.fixture
def people(database, keyring, clock) -> People:
    return People(database, keyring, clock)
