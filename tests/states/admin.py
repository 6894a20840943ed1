"""The pages of those who run the site, in every state one can come to."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from werkzeug.test import TestResponse

from nav_access.core import confirming
from nav_access.core.confirming import Danger, Wanted
from nav_access.intake import dangers
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.keeping import own
from nav_access.offices.keeping.own import NewOffice
from nav_access.offices.models import Municipality
from nav_access.partners import service as partners
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff import members, service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.members import Standing
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import Installation, installation
from tests.desk_factory import add_office
from tests.feedback_factory import PHONE, write
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK

_counter = count(1)


@dataclass(frozen=True)
class Running:
    """Somebody who runs the site, an office made here, and an agency."""

    visit: Visit
    site: Installation
    staff_id: int
    office_id: int
    agency_id: int

    @classmethod
    def begin(cls, visit: Visit) -> "Running":
        """Make them, and a session in this visit's browser."""
        with visit.app.app_context():
            site = installation()
        n, now = next(_counter), site.clock()
        new = NewStaff(f"root-{n}@nav.no", f"Rut {n}", frozenset({StaffRole.ADMINISTRATOR}))
        with site.database.unit_of_work() as session:
            given = service.add(session, new, actor="cli", keyring=site.keyring, now=now)
            token = sessions.start(session, given.staff_id, now=now)
            session.merge(Municipality(number="4601", name="Bergen", search_name="bergen"))
            session.flush()
            office = NewOffice(f"A-{n}", f"NAV Ny {n}", ("4601",))
            office_id = own.create_office(session, office, actor="cli", now=now)
            agency = NewAgency(f"Etat {n}", "+4722000000")
            agency_id = partners.add_agency(session, agency, actor="cli", now=now)
            terms = Terms(frozenset({"4601"}), frozenset({"food"}), now.date())
            partners.add_agreement(session, agency_id, terms, actor="cli", now=now)
        visit.client.set_cookie("admin", f"{visit.lang}.{token}", path="/admin")
        return cls(visit, site, given.staff_id, office_id, agency_id)

    def get(self, path: str = "") -> TestResponse:
        """Ask for a page."""
        return self.visit.client.get(f"/admin/{path}")

    def send(self, path: str, act: str, **typed: str) -> TestResponse:
        """Send a form of a page."""
        shown = Page.read(self.get(path))
        form = Form.read(shown, shown.all(f'form:has(input[name="do"][value="{act}"])')[-1])
        return form.fill(**typed).submit(self.visit.client)

    def wait(self) -> "Running":
        """Let a change of somebody else's wait, one of one's own, and a confirmed one."""
        now, me = self.site.clock(), f"staff:{self.staff_id}"
        with self.site.database.unit_of_work() as session:
            dangers.ask_to_remove_office(session, self.office_id, actor="staff:0", now=now)
            mine = Wanted(Danger.RETIRE_KEY, f"key:a{self.office_id}")
            confirming.ask(session, mine, actor=me, now=now)
            other = Wanted(Danger.RETIRE_KEY, f"key:b{self.office_id}")
            change = confirming.ask(session, other, actor="staff:0", now=now)
            confirming.confirm(session, change, actor=me, now=now)
        return self


@page_state("admin, first page", **DESK)
def home(visit: Visit) -> TestResponse:
    return Running.begin(visit).get()


@page_state("admin, what waits", **DESK)
def waits(visit: Visit) -> TestResponse:
    return Running.begin(visit).wait().get("confirm")


@page_state("admin, one's own is not confirmed", **DESK)
def own_change(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    running.send(f"offices/{running.office_id}", "remove")
    shown = Page.read(running.get("confirm"))
    form = Form.read(shown, shown.all('form:has(input[value="take_back"])')[-1])
    form.values["do"] = ["confirm"]
    return form.submit(visit.client)


@page_state("admin, offices", **DESK)
def offices(visit: Visit) -> TestResponse:
    return Running.begin(visit).get("offices?q=ny")


@page_state("admin, no office found", **DESK)
def no_office(visit: Visit) -> TestResponse:
    return Running.begin(visit).get("offices?q=zzz")


@page_state("admin, offices sent empty", **DESK)
def offices_empty(visit: Visit) -> TestResponse:
    return Running.begin(visit).send("offices", "create")


@page_state("admin, an office", **DESK)
def office(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.get(f"offices/{running.office_id}")


@page_state("admin, a closed office", **DESK)
def closed_office(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    with running.site.database.unit_of_work() as session:
        own.check_removable(session, running.office_id).status = OfficeStatus.CLOSED
    return running.get(f"offices/{running.office_id}")


@page_state("admin, a manager sent empty", **DESK)
def manager_empty(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.send(f"offices/{running.office_id}", "manager")


@page_state("admin, credentials", **DESK)
def credentials(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    person = {"email": f"leder-{running.office_id}@nav.no", "name": "Leder"}
    return running.send(f"offices/{running.office_id}", "manager", **person)


@page_state("admin, an office with a manager", **DESK)
def managed_office(visit: Visit) -> TestResponse:
    return manage(Running.begin(visit))


@page_state("admin, the account of somebody at an office", **DESK)
def account_at_office(visit: Visit) -> TestResponse:
    shown = Page.read(manage(Running.begin(visit)))
    return shown.follow(visit.client, "Sjefen")


def manage(running: Running) -> TestResponse:
    """Give the office a manager, and go to its page."""
    person = {"email": f"sjef-{running.office_id}@nav.no", "name": "Sjefen"}
    running.send(f"offices/{running.office_id}", "manager", **person)
    return running.get(f"offices/{running.office_id}")


@page_state("admin, an office whose manager is out", **DESK)
def office_without(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    manage(running)
    with running.site.database.unit_of_work() as session:
        [sjef] = members.list_members(session, running.office_id)
        service.disable(session, sjef.staff_id, actor="cli", now=running.site.clock())
    return running.get(f"offices/{running.office_id}")


@page_state("admin, an office the register has", **DESK)
def registered_office(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    with running.site.database.unit_of_work() as session:
        office_id = add_office(session, f"nav-registrert-{next(_counter)}")
    return running.get(f"offices/{office_id}")


@page_state("admin, somebody took a role alone", **DESK)
def taken_alone(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    new = NewStaff(f"alene-{next(_counter)}@nav.no", "Ole Alene")
    standing = Standing(StaffRole.MANAGER, sees_protected=True)
    how = {"actor": "cli", "keyring": running.site.keyring, "now": running.site.clock()}
    with running.site.database.unit_of_work() as session:
        members.add_member(session, running.office_id, new, standing, **how)
    return running.get()


@page_state("admin, an agency somebody else corrected", **DESK)
def agency_changed(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    how = {"actor": "cli", "now": running.site.clock()}
    shown = Page.read(running.get(f"agencies/{running.agency_id}"))
    form = shown.form('form:has(input[name="do"][value="reached"])')
    with running.site.database.unit_of_work() as session:
        agency_id, name = running.agency_id, f"Etaten {running.agency_id}"
        partners.correct_agency(session, agency_id, 1, name, "+4722000099", None, **how)
    return form.fill(agency_phone="22 99 99 99").submit(visit.client)


@page_state("admin, accounts", **DESK)
def people(visit: Visit) -> TestResponse:
    return Running.begin(visit).get("people?q=rut")


@page_state("admin, accounts sent empty", **DESK)
def people_empty(visit: Visit) -> TestResponse:
    return Running.begin(visit).send("people", "add")


@page_state("admin, an account", **DESK)
def account(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.get(f"people/{running.staff_id}")


@page_state("admin, an account whose access ended", **DESK)
def ended_account(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    shown = Page.read(manage(running))
    with running.site.database.unit_of_work() as session:
        [sjef] = members.list_members(session, running.office_id)
        service.disable(session, sjef.staff_id, actor="cli", now=running.site.clock())
    return shown.follow(visit.client, "Sjefen")


@page_state("admin, agencies", **DESK)
def agencies(visit: Visit) -> TestResponse:
    return Running.begin(visit).get("agencies")


@page_state("admin, agencies sent empty", **DESK)
def agencies_empty(visit: Visit) -> TestResponse:
    return Running.begin(visit).send("agencies", "add")


@page_state("admin, an agency", **DESK)
def agency(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.get(f"agencies/{running.agency_id}")


@page_state("admin, an agreement sent empty", **DESK)
def agreement_empty(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.send(f"agencies/{running.agency_id}", "agree")


@page_state("admin, keys", **DESK)
def keys(visit: Visit) -> TestResponse:
    return Running.begin(visit).get("keys")


def written(running: Running, days: int = 0, **said: str | None) -> str:
    """Let somebody write about the pages so many days ago; return the path of its page."""
    now = running.site.clock() - timedelta(days)
    with running.site.database.unit_of_work() as session:
        return f"written/{write(session, running.site.keyring, now, **said)}"


@page_state("admin, what people write about the pages", **DESK)
def feedback(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    running.send(written(running), "noted")
    written(running, days=9)
    return running.get("written")


@page_state("admin, written about the pages", **DESK)
def feedback_one(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.get(written(running, phone=PHONE))


@page_state("admin, an answer sent empty", **DESK)
def feedback_empty(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.send(written(running, days=8), "answer")


@page_state("admin, written without an address", **DESK)
def feedback_alone(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    return running.get(written(running, email=None))


@page_state("admin, answered", **DESK)
def feedback_answered(visit: Visit) -> TestResponse:
    running = Running.begin(visit)
    path = written(running)
    running.send(path, "answer", answer="Takk. Det er rettet.")
    return running.get(path)
