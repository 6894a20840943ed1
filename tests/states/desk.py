"""The desk's pages, in every state one can come to."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from werkzeug.test import TestResponse

from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import AcuteStatement, ContactOutcome, Need
from nav_access.staff import service, sessions
from nav_access.staff.rules import Who, code_at
from nav_access.web.shared.installation import installation
from tests.desk_factory import Desk, add_staff, begin_session, choose_own
from tests.page import Form, Page
from tests.pages import Visit, page_state

_counter = count(1)

DESK = {"languages": ("nb", "nn", "en"), "keeps_cookies": True}


@dataclass(frozen=True)
class AtDesk:
    """Somebody signed in, at an office of their own with one acute case."""

    visit: Visit
    desk: Desk
    number: str
    who: Who
    token: str

    @classmethod
    def begin(cls, visit: Visit) -> "AtDesk":
        """Make an office, a case of its own and a session in this visit's browser."""
        with visit.app.app_context():
            site = installation()
        desk = Desk(site.database, site.keyring, site.clock(), suffix=f"-{next(_counter)}")
        with site.database.unit_of_work() as session:
            who = add_staff(session, f"Eli-{desk.office_id}", desk.office_id, now=desk.now)
            token = begin_session(session, who, desk.now)
        visit.client.set_cookie("desk", f"{visit.lang}.{token}", path="/desk")
        return cls(visit, desk, desk.receive(**ACUTE_CASE).number, who, token)

    def get(self, path: str = "") -> TestResponse:
        """Ask for a page of the desk."""
        return self.visit.client.get(f"/desk/{path}")

    def case(self) -> TestResponse:
        """Open the case."""
        return self.get(f"cases/{self.number}")

    def form(self, act: str) -> Form:
        """Return one form of the case."""
        shown = Page.read(self.case())
        return shown.form(f'form:has(input[name="do"][value="{act}"])')


ACUTE_CASE = {
    "acute": frozenset({AcuteStatement.NO_FOOD_TODAY}),
    "needs": frozenset(Need),
    "has_children": True,
    "wishes": ContactWishes(phone="+4790000000", spoken_language="so", needs_interpreter=True),
}


@page_state("desk, sign in", **DESK)
def sign_in(visit: Visit) -> TestResponse:
    return visit.client.get(f"/desk/sign-in?lang={visit.lang}", follow_redirects=True)


@page_state("desk, sign in, sent empty", **DESK)
def sign_in_empty(visit: Visit) -> TestResponse:
    return Page.read(sign_in(visit)).form().submit(visit.client)


@page_state("desk, queue", **DESK)
def queue(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get()


@page_state("desk, queue, nothing there", **DESK)
def queue_empty(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("?show=closed")


@page_state("desk, queue, wrong number", **DESK)
def queue_wrong_number(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("?case=123")


@page_state("desk, case", **DESK)
def case(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).case()


@page_state("desk, case with a history", **DESK)
def case_with_history(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    at.desk.do(handling.claim, at.desk.turn(at.number))
    turn, outcome = at.desk.turn(at.number, 2), ContactOutcome.ANSWERED
    at.desk.do(handling.log_contact, turn, outcome, "Kommer i dag.")
    return at.case()


@page_state("desk, a new case code", **DESK)
def new_code(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    return at.get(f"cases/{at.number}/code")


@page_state("desk, a new case code, not sure how", **DESK)
def new_code_empty(visit: Visit) -> TestResponse:
    return Page.read(new_code(visit)).form("form:has([name=how_sure])").submit(visit.client)


@page_state("desk, a new case code, given", **DESK)
def new_code_given(visit: Visit) -> TestResponse:
    form = Page.read(new_code(visit)).form("form:has([name=how_sure])")
    return form.fill(how_sure="Er her og viste passet.").submit(visit.client)


@page_state("desk, a new case code, asked for twice", **DESK)
def new_code_again(visit: Visit) -> TestResponse:
    form = Page.read(new_code(visit)).form("form:has([name=how_sure])")
    form.fill(how_sure="Er her og viste passet.").submit(visit.client)
    return form.submit(visit.client)


@page_state("desk, case withdrawn", **DESK)
def case_withdrawn(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    given = {"keyring": at.desk.keyring, "now": at.desk.now + timedelta(minutes=1)}
    with at.desk.database.unit_of_work() as session:
        person.withdraw(session, at.number, **given)
    return at.case()


@page_state("desk, contact not chosen", **DESK)
def contact_empty(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).form("contact").submit(visit.client)


@page_state("desk, deadline wrong", **DESK)
def deadline_wrong(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).form("deadline").fill(day="x", time="y").submit(visit.client)


@page_state("desk, closed without a reason", **DESK)
def close_empty(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).form("close").submit(visit.client)


@page_state("desk, somebody acted first", **DESK)
def collision(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    form = at.form("note").fill(note="Ringer tilbake.")
    at.desk.do(handling.claim, at.desk.turn(at.number))
    return form.submit(visit.client)


@page_state("desk, signed out while writing", **DESK)
def signed_out_writing(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    form = at.form("note").fill(note="Ringer tilbake.")
    with at.desk.database.unit_of_work() as session:
        sessions.sign_out(session, at.token, now=at.desk.now)
    return form.submit(visit.client)


@page_state("desk, signed out by nobody known", **DESK)
def unknown_writing(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    form = at.form("note").fill(note="Ringer tilbake.")
    visit.client.set_cookie("desk", f"{visit.lang}.", path="/desk")
    return form.submit(visit.client)


@page_state("desk, case filled in again", **DESK)
def case_restored(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    form = at.form("note").fill(note="Ringer tilbake.")
    given = {"actor": "system", "keyring": at.desk.keyring, "now": at.desk.now}
    with at.desk.database.unit_of_work() as session:
        mine = service.reset(session, at.who.staff_id, **given)
        choose_own(session, at.who.staff_id)
    asked = Page.read(form.submit(visit.client)).form('form[action="/desk/sign-in"]')
    code = code_at(mine.totp_secret, at.desk.now)
    return asked.fill(email=at.who.email, password=mine.password, code=code).submit(visit.client)


@page_state("desk, case with a long history", **DESK)
def case_with_long_history(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    for seen in range(1, 53):
        at.desk.do(handling.write_note, at.desk.turn(at.number, seen), "Ringte.")
    return at.get(f"cases/{at.number}?before=52")
