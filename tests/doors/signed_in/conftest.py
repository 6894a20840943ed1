"""One person for each signed-in door, with credentials, and one who belongs to none."""

from dataclasses import dataclass

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
from tests.desk_factory import Desk
from tests.page import page

DOORS = (DESK, PARTNER, CONTACT_CENTRE, ADMIN)
NOBODYS = "nobody"


@dataclass
class People:
    """Who belongs at which door, by its name."""

    clock: object
    desk: Desk
    credentials: dict[str, Credentials]
    agency_id: int

    def typed(self, name):
        """Return what this person types to sign in."""
        mine = self.credentials[name]
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
def people(database, keyring, clock) -> People:
    given = {"actor": "system", "now": clock()}
    desk = Desk(database, keyring, clock())
    news = {
        "desk": {"offices": {desk.office_id: StaffRole.CASEWORKER}},
        "partner": {},
        "contact_centre": {"site_roles": frozenset({StaffRole.OPERATOR})},
        "admin": {"site_roles": frozenset({StaffRole.ADMINISTRATOR})},
        NOBODYS: {},
    }
    with database.unit_of_work() as session:
        credentials = {
            name: service.add(
                session,
                NewStaff(f"{name}@people.example", name, **more),
                keyring=keyring,
                **given,
            )
            for name, more in news.items()
        }
        agency_id = partners.add_agency(session, NewAgency("Byhjelpen"), **given)
        terms = Terms(frozenset({"9901"}), frozenset(Need), to_oslo(clock()).date())
        partners.add_agreement(session, agency_id, terms, **given)
        staff_id, role = credentials["partner"].staff_id, AgencyRole.MEMBER
        partners.add_member(session, agency_id, staff_id, role, **given)
    return People(clock, desk, credentials, agency_id)
