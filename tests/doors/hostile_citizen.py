"""Hostile inputs for the pages of everybody: help, a case, times, offices, names of fields."""

from urllib.parse import quote

from sqlalchemy import select

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Slot
from nav_access.appointments.service import make_slots
from nav_access.feedback import service as feedback
from nav_access.feedback.codes import FeedbackState
from nav_access.feedback.models import Feedback
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from tests.capacity import add_rule, add_terms
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_inputs import NAMES
from tests.feedback_factory import write

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
            case = attack.seal_case()
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
            case = attack.seal_case()
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


def send_names(attack: Attack, inputs: list[str]) -> None:
    for name, value in attack.pairs(NAMES, inputs[::10]):
        attack.post("/en/help", {**HELP, "token": attack.token("help")}, (name, value))
        attack.post("/en/case", {"code": "1"}, (name, value))
        attack.post("/desk/sign-in", {"email": "x"}, (name, value))


def send_feedback(attack: Attack, inputs: list[str]) -> None:
    """Send what could be written about the pages, and what could be in a link to that form."""
    names = ("what", "page", "email", "phone", "website", "token", "do", "to")
    for n, (name, value) in enumerate(attack.pairs(names, inputs)):
        if n % feedback.MOST_AN_HOUR == 0:
            attack.site.clock.advance(hours=1)
        fields = {"what": "Borte", "token": attack.token("feedback"), name: value}
        attack.post("/ar/feedback", fields, (name, value))
        attack.get("/en/feedback", {"page": value})
        attack.get(f"/en/{quote(value[:300], errors='surrogatepass')}", {})


def send_answers(attack: Attack, inputs: list[str]) -> None:
    """Send what an administrator could answer."""
    desk, staff = attack.desk, attack.staff
    with desk.database.unit_of_work() as session:
        new = NewStaff("svar@example.org", "Svar", frozenset({StaffRole.ADMINISTRATOR}))
        how = {"actor": "system", "keyring": desk.keyring, "now": desk.now}
        held = sessions.start(
            session, service.add(session, new, **how).staff_id, now=attack.site.clock()
        )
        told = write(session, desk.keyring, desk.now, phone="+4740000000")
    staff.client.set_cookie("admin", f"en.{held}", path="/admin")
    for name, value in staff.pairs(("answer", "way", "do", "token"), inputs):
        token = attack.token(attack.scope("admin", held))
        good = {"do": "answer", "answer": "", "way": "sms", "token": token}
        staff.post(f"/admin/written/{told}", {**good, name: value})
        with desk.database.unit_of_work() as session:
            session.get_one(Feedback, told).state = FeedbackState.WAITING
