"""Every field of every form is sent what its author did not think of: no answer is a fault."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import product
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Slot
from nav_access.appointments.service import make_slots
from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import Installation
from tests.capacity import add_rule, add_terms
from tests.centre_factory import Centre, add_line
from tests.desk_factory import Desk, add_office
from tests.doors.hostile_capacity import send_capacity, send_letters
from tests.doors.hostile_inputs import ALL, MARK, NAMES, PRODUCT, QUICK
from tests.doors.hostile_offices import send_admin, send_office
from tests.doors.hostile_protected import send_protected
from tests.doors.hostile_roster import send_roster
from tests.partner_factory import Agencies

FORM = "application/x-www-form-urlencoded"
Fields = Iterable[tuple[str, str]]

HELP = {"need": "food", "acute": "power_cut", "place": "0150", "phone": "40000000"}
HELP_FIELDS = (
    *("need", "acute", "children", "place", "office", "reach", "phone", "email", "when"),
    *("voicemail", "say_who", "speak", "interpreter", "name", "message", "private_room"),
    *("website", "token", "do", "to"),
)
CASE_ACTS = {
    "add": ("message", "acute", "token"),
    "save-contact": (
        *("reach", "phone", "email", "when", "voicemail", "say_who", "code_word"),
        *("forget_code_word", "token"),
    ),
    "language": ("to", "message"),
    "office": ("office",),
    "contact": ("case",),
    "withdraw": ("case",),
    "undo": ("do",),
}
BOOKING_FIELDS = (
    *("slot", "office", "place", "since", "way", "reach", "phone", "email", "when", "voicemail"),
    *("say_who", "speak", "interpreter", "name", "message", "private_room", "website", "token"),
    *("do", "to", "receipt", "code_word"),
)
TIME_ACTS = {
    "choose": ("slot", "way", "interpreter", "private_room", "since", "purpose", "token"),
    "later": ("later", "slot", "purpose"),
    "cancel-time": ("purpose", "token"),
    "calendar": ("uid",),
    "move": ("purpose", "message"),
    "cannot": ("purpose", "to"),
}
DESK_ACTS = {
    "note": ("note", "seen", "token", "do", "keep", "keep_reason"),
    "contact": ("outcome", "contact_text"),
    "deadline": ("day", "time", "deadline_reason", "deadline_text"),
    "close": ("close_reason", "close_text"),
    "reopen": ("reopen_text",),
}
DESK_TIMES = {
    "contact": ("outcome", "contact_text", "code_word", "seen", "token", "do"),
    "book": ("slot", "kind", "interpreter", "private_room"),
    "move": ("slot", "purpose"),
    "cancel": ("purpose",),
    "kept": ("uid", "to"),
    "no_show": ("uid",),
}
SIDES_ACTS = {
    "status": ("status_food",),
    "offer": ("needs", "offer_text"),
    "offer-office": ("place", "office"),
    "accept": ("offer",),
}
PLAN_ACTS = {
    "add": ("words", "written_in", "day"),
    "done": ("step",),
}
SIDES_GOOD = {
    "needs": "food",
    "to_side": "state",
    "offer_reason": "together",
    "office_reason": "conflict",
    "offer": "1",
    "step": "1",
    "side": "both",
    "words": "x",
}
CENTRE_PAGES = {
    "": ("asked", "reason", "words", "token"),
    "cases/{case}/message": (
        *("text", "urgency", "deadline", "day", "time", "promised", "reach", "when"),
        *("reach_note", "interpreter", "token"),
    ),
    "cases/{case}/transfer/{line}": ("outcome",),
    "messages/{message}": ("answer",),
    "new-case": (*HELP_FIELDS, "reads", "asked"),
}
CENTRE_GOOD = {
    "asked": "91234567",
    "reason": "other",
    "words": "x",
    "outcome": "busy",
    "answer": "x",
    "text": "x",
    "urgency": "1",
    "deadline": "other",
    "day": "24.12",
    "time": "10:00",
}
AGENCY_FIELDS = (
    *("place", "office", "name", "message", "phone", "need", "person_language", "shown_in"),
    *("relation", "way", "may", "lasting", "told", "kept", "help_kind", "minutes", "do", "token"),
)
AGENCY_GOOD = {"relation": "other", "way": "spoken", "told": "yes", "shown_in": "en"}
TARGET = "target@example.org"
MOST_LOOKED_AT = 200
LONG_ENOUGH = timedelta(minutes=30)
DESK_GOOD = {"outcome": "busy", "day": "24.12", "time": "10:00", "deadline_reason": "agreed"}


def encode(fields: Fields) -> str:
    """Encode a form as bytes that need not be any text."""
    return "&".join(
        f"{quote_plus(name, errors='surrogatepass')}={quote_plus(value, errors='surrogatepass')}"
        for name, value in fields
    )


@dataclass
class Attack:
    """Sends hostile forms and remembers every answer that is a fault."""

    app: Flask
    client: FlaskClient
    faults: list[str] = field(default_factory=list)
    sent: int = 0
    step: int = 1
    """Send one in so many of the pairs of field and input."""

    def __post_init__(self) -> None:
        self.site: Installation = self.app.extensions["nav_access"]

    def renew_case(self, sent: int) -> None:
        """Take a new case now and then: a page tells all that ever happened to one."""
        if sent % 40 == 0:
            self.number = self.desk.receive().number

    def pairs(self, names: Iterable[str], inputs: list[str]) -> Iterable[tuple[str, str]]:
        """Return every field with every input, or one in `step` of them, spread evenly."""
        return list(product(names, inputs))[:: self.step]

    def token(self, scope: str) -> str:
        """Return a good token."""
        return self.site.form_tokens.issue(self.site.clock(), scope)

    def post(self, path: str, fields: dict[str, str], *more: tuple[str, str]) -> TestResponse:
        """Send a form in which the last of a field counts as well as the first."""
        body = encode([*fields.items(), *more])
        return self.judge(path, self.client.post(path, data=body, content_type=FORM), body)

    def get(self, path: str, fields: dict[str, str]) -> TestResponse:
        """Ask with a query."""
        body = encode(fields.items())
        return self.judge(path, self.client.get(f"{path}?{body}"), body)

    def judge(self, path: str, answer: TestResponse, body: str) -> TestResponse:
        """Note an answer in the 500s, or one in which something typed became part of the page."""
        self.sent += 1
        text = answer.get_data(as_text=True)
        is_markup = re.search(rf"<[/\x00]?({MARK}|script|plaintext|base)\b", text, re.IGNORECASE)
        headers = str(answer.headers)
        if answer.status_code >= 500 or is_markup or PRODUCT in text or "x=1" in headers:
            self.faults.append(f"{answer.status_code} {path} {body[:200]}")
        return answer


@pytest.fixture
def attack(app: Flask, client: FlaskClient, database, keyring, now) -> Attack:
    """A site with offices, a desk with a case, and somebody who means no good."""
    attack = Attack(app, client)
    attack.desk = Desk(database, keyring, now)
    with database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        anne, office = attack.desk.anne.staff_id, attack.desk.office_id
        service.join_office(session, anne, office, StaffRole.CASEWORKER, actor="system", now=now)
        attack.session = sessions.start(session, anne, now=now)
        target = NewStaff(TARGET, "Target", offices={office: StaffRole.CASEWORKER})
        service.add(session, target, actor="system", keyring=keyring, now=now)
    attack.number = attack.desk.receive().number
    attack.staff = Attack(app, app.test_client())
    attack.staff.client.set_cookie("desk", f"en.{attack.session}", path="/desk")
    return attack


def send_help(attack: Attack, inputs: list[str]) -> None:
    for name, value in attack.pairs(HELP_FIELDS, inputs):
        fields = {**HELP, "token": attack.token("help"), name: value}
        attack.post("/en/help", fields, (name, value))
        if name in ("need", "acute", "office"):
            attack.get("/en/help", {name: value})


def send_codes(attack: Attack, inputs: list[str]) -> None:
    for value in inputs:
        attack.post("/ar/case", {"code": value, "message": value})
        attack.post("/en/case", {"code": value, "do": "language", "to": value})
        attack.post("/en/case", {"case": value, "do": value})


def send_case_acts(attack: Attack, inputs: list[str]) -> None:
    scopes = {"add": "case-add", "save-contact": "case-contact"}
    for act, names in CASE_ACTS.items():
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            case = attack.site.sealed_tokens.seal(
                {"number": attack.number}, attack.site.clock(), LONG_ENOUGH, "case"
            )
            token = attack.token(scopes.get(act, act))
            attack.post("/en/case", {"case": case, "do": act, "token": token, name: value})


def send_bookings(attack: Attack, inputs: list[str]) -> None:
    publish_times(attack)
    for path in ("callback", "appointment"):
        good = {"office": attack.desk.slug, "slot": attack.slot, "phone": "40000000"}
        for name, value in attack.pairs(BOOKING_FIELDS, inputs):
            fields = {**good, "token": attack.token(path), name: value}
            attack.post(f"/en/{path}", fields, (name, value))
            if name in ("office", "place", "since"):
                attack.get(f"/en/{path}", {"office": attack.desk.slug, name: value})


def send_time_acts(attack: Attack, inputs: list[str]) -> None:
    publish_times(attack)
    scopes = {"choose": "case-callback", "cancel-time": "case-cancel"}
    for act, names in TIME_ACTS.items():
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            case = attack.site.sealed_tokens.seal(
                {"number": attack.number}, attack.site.clock(), LONG_ENOUGH, "case"
            )
            token = attack.token(scopes.get(act, act))
            good = {"case": case, "do": act, "token": token, "slot": attack.slot}
            attack.post("/en/case", {**good, name: value})


def publish_times(attack: Attack) -> None:
    """Let the desk's office ring and meet people; remember one of its times."""
    with attack.desk.database.unit_of_work() as session:
        for purpose in Purpose:
            add_terms(session, attack.desk.office_id, purpose)
            add_rule(session, attack.desk.office_id, purpose, 1, public_seats=1000)
        session.flush()
        make_slots(session, now=attack.desk.now)
        attack.slot = str(session.scalar(select(Slot.id).order_by(Slot.id)))


def send_searches(attack: Attack, inputs: list[str]) -> None:
    for value in inputs:
        attack.get("/en/offices", {"q": value})
        attack.get("/en/", {value: value})


def send_sign_ins(attack: Attack, inputs: list[str]) -> None:
    good = {"email": TARGET, "password": "wrong", "code": "123456", "next": "/desk/"}
    for name, value in attack.pairs((*good, "lang"), inputs):
        attack.staff.get("/desk/sign-in", {name: value})
    # Comparing a password is slow on purpose: after these the address is paused.
    for name, value in attack.pairs((*good, "token"), inputs):
        token = attack.token("desk:" + sha256(b"").hexdigest()[:32])
        attack.post("/desk/sign-in", {**good, "token": token, name: value})


def send_desk_acts(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = "desk:" + sha256(attack.session.encode()).hexdigest()[:32]
    for act, names in DESK_ACTS.items():
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            good = {**DESK_GOOD, "seen": version(attack), "token": staff.token(scope)}
            staff.post(f"/desk/cases/{attack.number}", {**good, "do": act, name: value})
    for name, value in attack.pairs(("office", "show", "need", "after", "case", "lang"), inputs):
        staff.get("/desk/", {name: value})


def send_desk_times(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = "desk:" + sha256(attack.session.encode()).hexdigest()[:32]
    for act, names in DESK_TIMES.items():
        page = "call" if act == "contact" else "booking"
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            good = {"seen": version(attack), "token": staff.token(scope), "slot": "1", "do": act}
            staff.post(f"/desk/cases/{attack.number}/{page}", {**good, name: value})
    for name, value in attack.pairs(("kind", "interpreter", "move", "since"), inputs):
        staff.get(f"/desk/cases/{attack.number}/booking", {name: value})
    for name, value in attack.pairs(("office", "day"), inputs):
        staff.get("/desk/diary", {name: value})


def send_sides(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = "desk:" + sha256(attack.session.encode()).hexdigest()[:32]
    for page, acts in (("sides", SIDES_ACTS), ("plan", PLAN_ACTS)):
        for act, names in acts.items():
            for n, (name, value) in enumerate(attack.pairs(names, inputs)):
                attack.renew_case(n)
                good = {**SIDES_GOOD, "seen": version(attack), "token": staff.token(scope)}
                path = f"/desk/cases/{attack.number}/{page}"
                staff.post(path, {**good, "do": act, name: value})
                if n % 10 == 0:
                    staff.get(path, {"offer": value, "step": value})
    for value in inputs[::5]:
        staff.get("/desk/", {"side": value})


def send_centre(attack: Attack, inputs: list[str]) -> None:
    desk = attack.desk
    centre = Centre(desk.database, desk.keyring, desk.now, suffix="-centre")
    with desk.database.unit_of_work() as session:
        line = add_line(session, desk.office_id, "+4755550001")
        signed_in = sessions.start(session, centre.olga.staff_id, now=desk.now)
    attack.staff.client.set_cookie("contact_centre", f"en.{signed_in}", path="/contact-centre")
    scope = "contact_centre:" + sha256(signed_in.encode()).hexdigest()[:32]
    centre.look(number=attack.number)
    known = {"case": attack.number, "line": line, "message": centre.send(attack.number)}
    for page, names in CENTRE_PAGES.items():
        path = "/contact-centre/" + page.format(**known)
        good = HELP if page == "new-case" else CENTRE_GOOD
        for name, value in attack.pairs(names, inputs):
            fields = {**good, "token": attack.token(scope), name: value}
            attack.staff.post(path, fields)
    for value in inputs:
        attack.staff.get("/contact-centre/lines", {"q": value})
    for page in CENTRE_PAGES:
        path = "/contact-centre/" + page.format(**known)
        attack.staff.judge(path, attack.staff.client.get(path), "")
    for path in ("/desk/messages", f"/desk/messages/{known['message']}"):
        attack.staff.judge(path, attack.staff.client.get(path), "")


def send_agency(attack: Attack, inputs: list[str]) -> None:
    desk, staff = attack.desk, attack.staff
    agencies = Agencies(desk.database, desk.keyring, desk.now, suffix="-agency")
    number = agencies.send(office=agencies.slug).number
    with desk.database.unit_of_work() as session:
        signed_in = sessions.start(session, agencies.ida.staff_id, now=desk.now)
    staff.client.set_cookie("partner", f"en.{signed_in}", path="/partner")
    scope = "partner:" + sha256(signed_in.encode()).hexdigest()[:32]
    for n, (name, value) in enumerate(attack.pairs(AGENCY_FIELDS, inputs)):
        good = {
            **HELP,
            **AGENCY_GOOD,
            "office": agencies.slug,
            "do": ("", "keep", "language")[n % 3],
        }
        staff.post("/partner/new", {**good, "token": staff.token(scope), name: value})
    for name, value in attack.pairs(("words", "help_kind", "minutes", "do", "token"), inputs):
        good = {"do": "help" if name == "minutes" else "words", "token": staff.token(scope)}
        staff.post(f"/partner/cases/{number}", {**good, name: value})
    for value in inputs:
        staff.get("/partner/", {"before": value})
        staff.get("/partner/new", {"need": value})
        where = f"/partner/drafts/{quote_plus(value[:99], errors='replace')}"
        staff.judge(where, staff.client.get(where), "")
    for path in ("/partner/", f"/partner/cases/{number}"):
        staff.judge(path, staff.client.get(path), "")


def version(attack: Attack) -> str:
    """Return the version of the case that a page would show now."""
    with attack.desk.database.read_session() as session:
        return str(session.scalar(select(Case.version).where(Case.number == attack.number)))


def send_names(attack: Attack, inputs: list[str]) -> None:
    for name, value in attack.pairs(NAMES, inputs[::10]):
        attack.post("/en/help", {**HELP, "token": attack.token("help")}, (name, value))
        attack.post("/en/case", {"code": "1"}, (name, value))
        attack.post("/desk/sign-in", {"email": "x"}, (name, value))


def look_at_what_was_stored(attack: Attack) -> None:
    """Read every case at the desk: what was typed comes back escaped there, too."""
    with attack.desk.database.read_session() as session:
        numbers = list(session.scalars(select(Case.number)))
    for number in numbers[:MOST_LOOKED_AT]:
        path = f"/desk/cases/{number}"
        attack.staff.judge(path, attack.staff.client.get(path), "")
    path = "/desk/"
    attack.staff.judge(path, attack.staff.client.get(path), "")


SENDERS: dict[str, Callable[[Attack, list[str]], None]] = {
    "help": send_help,
    "codes": send_codes,
    "acts on a case": send_case_acts,
    "bookings": send_bookings,
    "acts on a time": send_time_acts,
    "searches": send_searches,
    "sign-ins": send_sign_ins,
    "acts at the desk": send_desk_acts,
    "times at the desk": send_desk_times,
    "the contact centre": send_centre,
    "two sides": send_sides,
    "partner agencies": send_agency,
    "capacity": send_capacity,
    "the duty roster": send_roster,
    "a manager's office": send_office,
    "running the site": send_admin,
    "letters": send_letters,
    "protected persons": send_protected,
    "names of fields": send_names,
}


@pytest.mark.parametrize("kind", SENDERS)
def test_some_hostile_inputs(attack: Attack, kind: str):
    attack.step = attack.staff.step = 5
    SENDERS[kind](attack, QUICK)
    look_at_what_was_stored(attack)
    assert attack.faults + attack.staff.faults == []


@pytest.mark.audit
@pytest.mark.parametrize("kind", SENDERS)
def test_five_hundred_hostile_inputs(attack: Attack, kind: str):
    SENDERS[kind](attack, ALL)
    look_at_what_was_stored(attack)
    print(f"{kind}: {attack.sent + attack.staff.sent} requests")
    assert attack.faults + attack.staff.faults == []


def test_there_are_five_hundred():
    assert len(ALL) == 500
    assert len(set(ALL)) > 490


@pytest.mark.parametrize("body", [f"<p><{MARK}></p>", f"<p>{PRODUCT}</p>", "<SCRIPT>x</SCRIPT>"])
def test_the_attack_notices_what_was_not_escaped(attack: Attack, body: str):
    answer = TestResponse([body.encode()], "200 OK", {}, request=None)
    attack.judge("/", answer, "")
    assert attack.faults


def test_the_attack_notices_a_fault(attack: Attack, monkeypatch):
    monkeypatch.setattr("nav_access.web.citizen.help.HelpForm.validate", lambda _: 1 / 0)
    attack.post("/en/help", HELP)
    assert attack.faults
