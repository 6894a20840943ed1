"""Hostile inputs for the contact centre, and for the desk that reads what it wrote."""

from nav_access.staff import sessions
from tests.centre_factory import Centre, add_line
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_citizen import HELP, HELP_FIELDS

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


def send_centre(attack: Attack, inputs: list[str]) -> None:
    desk = attack.desk
    centre = Centre(desk.database, desk.keyring, desk.now, suffix="-centre")
    with desk.database.unit_of_work() as session:
        line = add_line(session, desk.office_id, "+4755550001")
        signed_in = sessions.start(session, centre.olga.staff_id, now=desk.now)
    attack.staff.client.set_cookie("contact_centre", f"en.{signed_in}", path="/contact-centre")
    scope = attack.scope("contact_centre", signed_in)
    centre.look(number=attack.number)
    known = {"case": attack.number, "line": line, "message": centre.send(attack.number)}
    for page, names in CENTRE_PAGES.items():
        path = "/contact-centre/" + page.format(**known)
        good = HELP if page == "new-case" else CENTRE_GOOD
        for name, value in attack.pairs(names, inputs):
            fields = {**good, "token": attack.token(scope), name: value}
            attack.staff.post(path, fields)
    for value in attack.some(inputs):
        attack.staff.get("/contact-centre/lines", {"q": value})
    for page in CENTRE_PAGES:
        path = "/contact-centre/" + page.format(**known)
        attack.staff.judge(path, attack.staff.client.get(path), "")
    for path in ("/desk/messages", f"/desk/messages/{known['message']}"):
        attack.staff.judge(path, attack.staff.client.get(path), "")
