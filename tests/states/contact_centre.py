"""The contact centre's pages, in every state one can come to."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from nav_access.intake.calling.escalations import step_up
from nav_access.intake.centre import clock, joining, messages
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.codes import AcuteStatement, ContactOutcome
from nav_access.intake.models import Case, Reaching
from nav_access.offices.codes import DutyAudience
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import installation
from tests.centre_factory import Centre, add_line
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk_calls import miss

_counter = count(1)

STAFF = {"languages": ("nb", "nn", "en"), "keeps_cookies": True}


@dataclass(frozen=True)
class AtCentre:
    """An operator at work: one acute case looked up, whose office has two lines."""

    visit: Visit
    centre: Centre
    number: str
    line_id: int

    @classmethod
    def begin(cls, visit: Visit) -> "AtCentre":
        """Make it, and a session in this visit's browser."""
        with visit.app.app_context():
            site = installation()
        suffix = f"-centre-{next(_counter)}"
        centre = Centre(site.database, site.keyring, site.clock(), suffix=suffix)
        number = centre.known(acute=frozenset({AcuteStatement.NO_FOOD_TODAY}))
        with site.database.unit_of_work() as session:
            line_id = add_line(session, centre.office_id, "+4755550001")
            add_line(session, centre.office_id, "+4755550002", DutyAudience.PUBLIC, [5])
            token = sessions.start(session, centre.olga.staff_id, now=centre.now)
        path = "/contact-centre"
        visit.client.set_cookie("contact_centre", f"{visit.lang}.{token}", path=path)
        return cls(visit, centre, number, line_id)

    def get(self, path: str = "") -> TestResponse:
        """Ask for a page of the contact centre."""
        return self.visit.client.get(f"/contact-centre/{path}")

    def form(self, path: str, selector: str) -> Form:
        """Return a form of one of its pages."""
        return Page.read(self.get(path)).form(selector)

    def look(self, **typed: str) -> TestResponse:
        """Look for somebody."""
        form = self.form("", 'form[action="/contact-centre/"]')
        return form.fill(**typed).submit(self.visit.client)

    def late(self) -> None:
        """Let the case's promise run out, and its messages come back."""
        later = self.centre.now + timedelta(days=7)
        with self.centre.database.unit_of_work() as session:
            case = session.scalars(select(Case).where(Case.number == self.number)).one()
            given = {"keyring": self.centre.keyring, "now": later}
            step_up(session, case, **given)
            clock.escalate(session, case, **given)

    def at_desk(self) -> None:
        """Sign the office's Anne in at the desk, in the same browser."""
        office, role, now = self.centre.office_id, StaffRole.CASEWORKER, self.centre.now
        with self.centre.database.unit_of_work() as session:
            anne = self.centre.anne.staff_id
            service.join_office(session, anne, office, role, actor="system", now=now)
            token = sessions.start(session, anne, now=now)
        self.visit.client.set_cookie("desk", f"{self.visit.lang}.{token}", path="/desk")


@page_state("contact centre, quiet", **STAFF)
def home(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get()


@page_state("contact centre, with tasks and messages", **STAFF)
def home_busy(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    answered = at.centre.send(at.number)
    at.centre.act(messages.answer, at.centre.anne, answered, "Vi ringer.")
    at.centre.send(at.number)
    at.late()
    at.centre.send(at.number)
    return at.get()


@page_state("contact centre, a message others read now", **STAFF)
def home_taken_over(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    at.centre.send(at.number)
    with at.centre.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == at.number)).one()
        case.is_protected = True
        its = update(Reaching).where(Reaching.case_id == case.id)
        # Every other page's case has the same phone.
        session.execute(its.values(phone_index=None))
    return at.get()


@page_state("contact centre, look-up with errors", **STAFF)
def home_errors(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).look(asked="hun", reason="other")


@page_state("contact centre, several cases", **STAFF)
def several(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    at.centre.receive()
    return at.look(asked="91234567", reason="caller_rang")


@page_state("contact centre, no case", **STAFF)
def no_case(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).look(asked="90000000", reason="caller_rang")


@page_state("contact centre, a case", **STAFF)
def case(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    return at.get(f"cases/{at.number}")


@page_state("contact centre, a late case with a history", **STAFF)
def late_case(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    miss(at.centre, at.number, ContactOutcome.BUSY)
    at.centre.transfer(at.line_id, TransferOutcome.VOICEMAIL, at.number)
    at.centre.send(at.number, promised="Noen ringer i dag.", reach_note="Nabo: 40000000")
    at.late()
    return at.get(f"cases/{at.number}")


@page_state("contact centre, write to the office", **STAFF)
def message(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    return at.get(f"cases/{at.number}/message")


@page_state("contact centre, message with errors", **STAFF)
def message_errors(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    form = at.form(f"cases/{at.number}/message", "form:has(textarea)")
    return form.fill(deadline="other").submit(visit.client)


@page_state("contact centre, a message answered", **STAFF)
def thread(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    message_id = at.centre.send(at.number)
    at.centre.act(messages.answer, at.centre.anne, message_id, "Vi ringer.")
    return at.get(f"messages/{message_id}")


@page_state("contact centre, put through", **STAFF)
def transfer(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    return at.get(f"cases/{at.number}/transfer/{at.line_id}")


@page_state("contact centre, put through, not said how it went", **STAFF)
def transfer_empty(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    form = at.form(f"cases/{at.number}/transfer/{at.line_id}", "form:has(#outcome)")
    form.values["outcome"] = [""]
    return form.submit(visit.client)


@page_state("contact centre, put through without a case", **STAFF)
def transfer_alone(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    return at.get(f"transfer/{at.line_id}")


@page_state("contact centre, lines", **STAFF)
def lines(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get("lines")


@page_state("contact centre, no lines", **STAFF)
def no_lines(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get("lines?q=xyzzy")


@page_state("contact centre, a new operator", **STAFF)
def new_operator(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    centre, role = at.centre, frozenset({StaffRole.OPERATOR})
    new = NewStaff(f"ny-{at.number}@nav.no", "Nina Ny", site_roles=role)
    with centre.database.unit_of_work() as session:
        joining.add_for_site(session, new, actor="system", keyring=centre.keyring, now=centre.now)
    return at.get()


@page_state("contact centre, take a request", **STAFF)
def new_case(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).get("new-case")


@page_state("contact centre, request with errors", **STAFF)
def new_case_errors(visit: Visit) -> TestResponse:
    return AtCentre.begin(visit).form("new-case", "form:has(#need)").submit(visit.client)


@page_state("contact centre, request taken", **STAFF)
def taken(visit: Visit) -> TestResponse:
    form = AtCentre.begin(visit).form("new-case", "form:has(#need)")
    return form.fill(need=["food"], place="Eikevik", reach="visit").submit(visit.client)


@page_state("desk, messages from the contact centre", **STAFF)
def desk_messages(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    read = at.centre.send(at.number)
    at.centre.act(messages.acknowledge, at.centre.bo, read)
    at.centre.send(at.number)
    at.at_desk()
    return visit.client.get("/desk/messages")


@page_state("desk, no messages", **STAFF)
def desk_no_messages(visit: Visit) -> TestResponse:
    AtCentre.begin(visit).at_desk()
    return visit.client.get("/desk/messages")


@page_state("desk, a message somebody else acknowledged first", **STAFF)
def desk_message(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    message_id = at.centre.send(at.number, promised="Noen ringer i dag.")
    at.at_desk()
    shown = Page.read(visit.client.get(f"/desk/messages/{message_id}"))
    at.centre.act(messages.acknowledge, at.centre.bo, message_id)
    return shown.form('form:has([value="acknowledge"])').submit(visit.client)


@page_state("desk, answer to a message with errors", **STAFF)
def desk_answer_errors(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    message_id = at.centre.send(at.number)
    at.at_desk()
    shown = Page.read(visit.client.get(f"/desk/messages/{message_id}"))
    return shown.form('form:has([value="answer"])').submit(visit.client)


@page_state("desk, case with a message", **STAFF)
def desk_case(visit: Visit) -> TestResponse:
    at = AtCentre.begin(visit)
    at.centre.send(at.number)
    at.late()
    at.at_desk()
    return visit.client.get(f"/desk/cases/{at.number}")
