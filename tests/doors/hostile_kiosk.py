"""Hostile inputs at a reception's terminal, and at the desk's line and terminals."""

from copy import copy

from nav_access.kiosk import terminals
from tests.doors.hostile_attack import Attack
from tests.doors.hostile_citizen import HELP, HELP_FIELDS
from tests.doors.kiosk.conftest import begin_at

KIOSK_ACTS = {
    "help": (*HELP_FIELDS, "leaf"),
    "case": ("code", "token"),
    "check-in": ("time", "number", "token"),
    "ticket": ("token",),
    "still": ("page", "token"),
    "finish": ("do",),
}
KIOSK_GOOD = {"time": "10:30", "number": "12345674", "code": "12345674"}
LINE_ACTS = {
    "tickets": ("place", "ticket", "seen", "office", "do", "token"),
    "terminals": ("name", "terminal", "office", "do", "token"),
}
LINE_GOOD = {"place": "1", "name": "x", "do": "call"}


def send_kiosk(attack: Attack, inputs: list[str]) -> None:
    """Send every form of a terminal, and read where each leads."""
    attack = copy(attack)
    attack.client = attack.app.test_client()
    kiosk = begin_at(attack.client, attack.desk, "en")
    for act, names in KIOSK_ACTS.items():
        for name, value in attack.pairs(names, inputs):
            token = attack.token(_scope(attack, kiosk.root))
            fields = {**HELP, **KIOSK_GOOD, "token": token, name: value}
            answer = attack.post(f"{kiosk.home}{act}/1f", fields)
            if answer.status_code == 303:
                shown = attack.client.get(answer.location)
                attack.judge(answer.location, shown, f"{name}={value!r}")
    for name, value in attack.pairs(("page", "q"), inputs):
        attack.get(f"{kiosk.home}still", {name: value})
    for name, value in attack.pairs(("code", "token"), inputs):
        fields = {"code": "ABCD", "token": attack.token("register"), name: value}
        attack.post("/kiosk/register", fields)


def send_line(attack: Attack, inputs: list[str]) -> None:
    """Send every form of the desk's line."""
    scope = attack.scope("desk", attack.session)
    for page, names in LINE_ACTS.items():
        for name, value in attack.pairs(names, inputs):
            fields = {**LINE_GOOD, "token": attack.staff.token(scope), name: value}
            attack.staff.post(f"/desk/{page}", fields)
            attack.staff.get(f"/desk/{page}", {name: value})


def _scope(attack: Attack, root: str) -> str:
    """Return the scope of the visit that goes on at the only terminal."""
    with attack.desk.database.read_session() as session:
        cookie = attack.client.get_cookie("kiosk", path=root)
        found = terminals.find_terminal(session, attack.desk.slug, cookie.value if cookie else "")
    mark = attack.client.get_cookie("v", path=root)
    return f"kiosk:{found.visit if found else ''}:{mark.value if mark else ''}"
