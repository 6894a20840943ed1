"""What hostile inputs are sent to: the pages of protected persons, and the guide's search."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote_plus

from sqlalchemy import update

from nav_access.intake.protected import service
from nav_access.intake.protected.codes import ProtectionReason
from nav_access.staff.models import Membership
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_inputs import MARK, PRODUCT

GLASS_FIELDS = ("glass_text", "glass_reason", "number", "seen", "do", "token")
PROTECTION_ACTS = {
    "protect": ("protect_reason", "protect_text", "seen", "token"),
    "end": ("end_reason", "end_text", "sure"),
}
GOOD = {
    "protect_reason": "other",
    "protect_text": "x",
    "end_reason": "mistake",
    "sure": "yes",
    "glass_reason": "danger",
    "glass_text": "x",
}


def send_protected(attack: Attack, inputs: list[str]) -> None:
    """Break glass with every input, then mark and unmark with them, and search the guide."""
    desk, staff = attack.desk, attack.staff
    keeper = replace(desk.anne, protected_office_ids=frozenset({desk.office_id}))
    hidden = desk.receive().number
    turn, why = desk.turn(hidden, 1, keeper), ProtectionReason.OTHER
    desk.do(service.protect, turn, why, f"<{MARK}>{PRODUCT[:-1]}")
    scope = attack.scope("desk", attack.session)
    for name, value in attack.pairs(GLASS_FIELDS, inputs):
        good = {**GOOD, "do": "open", "number": hidden, "token": staff.token(scope)}
        staff.post("/desk/protected", {**good, name: value})
    with desk.database.unit_of_work() as session:
        mine = update(Membership).where(Membership.staff_id == desk.anne.staff_id)
        session.execute(mine.values(sees_protected=True))
    send_protection(attack, inputs, scope)
    for value in inputs[:: attack.step]:
        noted = {"do": "noted", "glass": value, "token": staff.token(scope)}
        staff.post("/desk/protected", noted)
    look_up(attack, inputs[:: attack.step])


def send_protection(attack: Attack, inputs: list[str], scope: str) -> None:
    """Protect a case and end it again, each with every input."""
    for act, names in PROTECTION_ACTS.items():
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            path = f"/desk/cases/{attack.number}/protection"
            token = attack.staff.token(scope)
            attack.staff.post(path, {**GOOD, "seen": "1", "token": token, "do": act, name: value})


def look_up(attack: Attack, inputs: Iterable[str]) -> None:
    """Search the guide at the desk, and ask for services that are none."""
    for value in inputs:
        attack.staff.get("/desk/guide", {"q": value})
        for start in ("/desk/guide/", "/en/services/"):
            where = start + quote_plus(value[:99], errors="replace")
            attack.staff.judge(where, attack.staff.client.get(where), "")
    for path in ("/desk/protected", "/desk/tasks"):
        attack.staff.judge(path, attack.staff.client.get(path), "")
