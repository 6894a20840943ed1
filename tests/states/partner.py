"""The partner agencies' pages, in every state one can come to."""

from dataclasses import dataclass
from itertools import count

from sqlalchemy import update
from werkzeug.test import TestResponse

from nav_access.intake import handling
from nav_access.intake.acting import drafts
from nav_access.intake.acting import service as acting
from nav_access.intake.acting.codes import Scope
from nav_access.intake.codes import ContactOutcome
from nav_access.partners.codes import AgencyRole
from nav_access.partners.models import AgencyMember
from nav_access.staff import sessions
from nav_access.staff.rules import Who
from nav_access.web.shared.installation import installation
from tests.centre_factory import add_operator, look_up
from tests.desk_factory import begin_session
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.partner_factory import Agencies

_counter = count(1)

STAFF = {"languages": ("nb", "nn", "en"), "keeps_cookies": True}
SEND = 'form[action="/partner/new"]'
RIGHT = {
    "need": ["food", "letter"],
    "place": "0150",
    "name": "Kari Ås",
    "message": "Kjøleskapet er tomt.",
    "relation": "contact",
    "way": "interpreter_by_phone",
    "may": ["follow", "messages", "called"],
    "told": "yes",
}


@dataclass(frozen=True)
class AtAgency:
    """Ida of an agency at work; the office she sends to is the only one of its place."""

    visit: Visit
    agencies: Agencies

    @classmethod
    def begin(cls, visit: Visit) -> "AtAgency":
        """Make it, and a session in this visit's browser."""
        with visit.app.app_context():
            site = installation()
        suffix = f"-agency-{next(_counter)}"
        agencies = Agencies(site.database, site.keyring, site.clock(), suffix=suffix)
        return cls(visit, agencies).as_(agencies.ida)

    def as_(self, who: Who) -> "AtAgency":
        """Go on as somebody else."""
        with self.agencies.database.unit_of_work() as session:
            token = sessions.start(session, who.staff_id, now=self.agencies.now)
        self.visit.client.set_cookie("partner", f"{self.visit.lang}.{token}", path="/partner")
        return self

    def send(self, **changes: object) -> str:
        """Send a request for a person; return the case's number."""
        return self.agencies.send(office=self.agencies.slug, **changes).number

    def get(self, path: str = "") -> TestResponse:
        """Ask for a page of the agencies' door."""
        return self.visit.client.get(f"/partner/{path}")

    def form(self, path: str = "new", selector: str = SEND) -> Form:
        """Return a form of one of its pages."""
        return Page.read(self.get(path)).form(selector)

    def fill(self, button: str, **changes: object) -> TestResponse:
        """Fill in the request and press a button."""
        form = self.form().fill(**(RIGHT | changes))
        form.values["office"] = [self.agencies.slug]
        return form.submit(self.visit.client, button)


@page_state("agency, nobody yet", **STAFF)
def home(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get()


@page_state("agency, with cases and drafts", **STAFF)
def home_busy(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    at.send()
    at.send(scope=frozenset({Scope.CALLED}))
    at.send(who=at.agencies.jon)
    at.agencies.act(drafts.save, at.agencies.member(), {"name": ["Kari"]})
    return at.get()


@page_state("agency, no older cases", **STAFF)
def home_older(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get("?before=1")


@page_state("request for a person", **STAFF)
def new(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get("new?need=letter")


@page_state("request for a person, told in Arabic", **STAFF)
def new_told(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).fill("language", person_language="ar")


@page_state("request for a person, with errors", **STAFF)
def new_errors(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    return at.form().submit(visit.client, "send")


@page_state("request for a person, outside the agreement", **STAFF)
def new_outside(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).fill("send", need=["money"])


@page_state("request for a person, choose the district", **STAFF)
def new_district(visit: Visit) -> TestResponse:
    form = AtAgency.begin(visit).form().fill(**(RIGHT | {"place": "Oslo"}))
    return form.submit(visit.client, "send")


@page_state("request for a person, a draft", **STAFF)
def kept(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    typed = {name: [value] if isinstance(value, str) else value for name, value in RIGHT.items()}
    name = at.agencies.act(drafts.save, at.agencies.member(), typed)
    return at.get(f"drafts/{name}")


@page_state("request for a person, sent", **STAFF)
def sent(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).fill("send")


@page_state("request for a person, sent for somebody who reads Arabic", **STAFF)
def sent_in_arabic(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    told = Page.read(at.fill("language", person_language="ar")).form(SEND)
    return told.submit(visit.client, "send")


@page_state("request for a person, sent before", **STAFF)
def sent_before(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    form = at.form().fill(**RIGHT)
    form.values["office"] = [at.agencies.slug]
    form.submit(visit.client, "send")
    return form.submit(visit.client, "send")


@page_state("agency's case", **STAFF)
def case(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    turn = at.agencies.turn(number, seen=2)
    at.agencies.do(handling.log_contact, turn, ContactOutcome.NO_ANSWER, None)
    return at.get(f"cases/{number}")


@page_state("agency's case, not followed", **STAFF)
def case_sent(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    return at.get(f"cases/{at.send(scope=frozenset())}")


@page_state("agency's case, with errors", **STAFF)
def case_errors(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    form = at.form(f"cases/{at.send()}", 'form:has(button[value="help"])')
    return form.submit(visit.client, "help")


@page_state("agency's case, a colleague's", **STAFF)
def case_colleagues(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    return at.as_(at.agencies.jon).get(f"cases/{number}")


@page_state("agency's case, ended while somebody wrote", **STAFF)
def case_gone_writing(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    form = at.form(f"cases/{number}", 'form:has(button[value="words"])')
    at.agencies.act(acting.end_by_agency, at.agencies.member(), number)
    return form.fill(words="Hun er syk.").submit(visit.client, "words")


@page_state("agency, not theirs any more while somebody wrote", **STAFF)
def refused_writing(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    form = at.form().fill(**RIGHT)
    with at.agencies.database.unit_of_work() as session:
        at.agencies.leave(session, at.agencies.ida)
    return form.submit(visit.client, "send")


@page_state("agency, its leader", **STAFF)
def home_leader(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    with at.agencies.database.unit_of_work() as session:
        own = AgencyMember.staff_id == at.agencies.ida.staff_id
        session.execute(update(AgencyMember).where(own).values(role=AgencyRole.LEADER))
    return at.get()


@page_state("agency's case, ended", **STAFF)
def case_gone(visit: Visit) -> TestResponse:
    return AtAgency.begin(visit).get("cases/12345674")


def _at_desk(visit: Visit, at: AtAgency) -> None:
    with at.agencies.database.unit_of_work() as session:
        token = begin_session(session, at.agencies.anne, at.agencies.now)
    visit.client.set_cookie("desk", f"{visit.lang}.{token}", path="/desk")


@page_state("desk, who helps the person", **STAFF)
def helpers(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    _at_desk(visit, at)
    return visit.client.get(f"/desk/cases/{number}/acting")


@page_state("desk, nobody helps the person", **STAFF)
def helpers_gone(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    _at_desk(visit, at)
    page = Page.read(visit.client.get(f"/desk/cases/{number}/acting"))
    page.form('form:has(button[value="end"])').submit(visit.client)
    return visit.client.get(f"/desk/cases/{number}/acting")


@page_state("desk, ring the agency", **STAFF)
def call_helper(visit: Visit) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    _at_desk(visit, at)
    return visit.client.get(f"/desk/cases/{number}/call")


def _rung_no_more(visit: Visit, path: str) -> TestResponse:
    at = AtAgency.begin(visit)
    number = at.send()
    at.agencies.act(acting.end_by_agency, at.agencies.member(), number)
    _at_desk(visit, at)
    return visit.client.get(f"/desk/cases/{number}{path}")


@page_state("desk, ring, an agency is rung no more", **STAFF)
def call_no_more(visit: Visit) -> TestResponse:
    return _rung_no_more(visit, "/call")


@page_state("desk, case, an agency is rung no more", **STAFF)
def case_no_more(visit: Visit) -> TestResponse:
    return _rung_no_more(visit, "")


@page_state("desk, times, an agency is rung no more", **STAFF)
def times_no_more(visit: Visit) -> TestResponse:
    return _rung_no_more(visit, "/booking")


@page_state("contact centre, an agency is rung instead", **STAFF)
def centre_case(visit: Visit) -> TestResponse:
    agencies = AtAgency.begin(visit).agencies
    number = agencies.send(office=agencies.slug).number
    with agencies.database.unit_of_work() as session:
        olga = add_operator(session, f"Olga{agencies.slug}", agencies.now)
        look_up(session, olga, number, agencies.keyring, agencies.now)
        token = sessions.start(session, olga.staff_id, now=agencies.now)
    path = "/contact-centre"
    visit.client.set_cookie("contact_centre", f"{visit.lang}.{token}", path=path)
    return visit.client.get(f"{path}/cases/{number}")


@page_state("case, with a helper")
def own_case(visit: Visit) -> TestResponse:
    receipt = _send_for(visit)
    code = f"{receipt.number}{receipt.key}"
    return visit.client.post(f"/{visit.lang.lower()}/case", data={"code": code})


@page_state("case, the helper's access ended")
def own_case_ended(visit: Visit) -> TestResponse:
    page = Page.read(own_case(visit))
    return page.form('form:has(button[value="end-help"])').submit(visit.client)


def _send_for(visit: Visit):
    with visit.app.app_context():
        site = installation()
    suffix = f"-agency-{next(_counter)}"
    agencies = Agencies(site.database, site.keyring, site.clock(), suffix=suffix)
    return agencies.send(office=agencies.slug, language=visit.lang)
