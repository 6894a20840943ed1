"""Hostile inputs for partner agencies."""

from urllib.parse import quote_plus

from nav_access.staff import sessions
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_citizen import HELP
from tests.partner_factory import Agencies

AGENCY_FIELDS = (
    *("place", "office", "name", "message", "phone", "need", "person_language", "shown_in"),
    *("relation", "way", "may", "lasting", "told", "kept", "help_kind", "minutes", "do", "token"),
)
AGENCY_GOOD = {"relation": "other", "way": "spoken", "told": "yes", "shown_in": "en"}


def send_agency(attack: Attack, inputs: list[str]) -> None:
    desk, staff = attack.desk, attack.staff
    agencies = Agencies(desk.database, desk.keyring, desk.now, suffix="-agency")
    number = agencies.send(office=agencies.slug).number
    with desk.database.unit_of_work() as session:
        signed_in = sessions.start(session, agencies.ida.staff_id, now=desk.now)
    staff.client.set_cookie("partner", f"en.{signed_in}", path="/partner")
    scope = attack.scope("partner", signed_in)
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
    for value in attack.some(inputs):
        staff.get("/partner/", {"before": value})
        staff.get("/partner/new", {"need": value})
        where = f"/partner/drafts/{quote_plus(value[:99], errors='replace')}"
        staff.judge(where, staff.client.get(where), "")
    for path in ("/partner/", f"/partner/cases/{number}"):
        staff.judge(path, staff.client.get(path), "")
