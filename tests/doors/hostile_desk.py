"""Hostile inputs for signing in at the desk, and for a case there: acts, times, two sides."""

from tests.doors.hostile_attack import TARGET, Attack
from tests.doors.hostile_citizen import HELP, HELP_FIELDS

DESK_ACTS = {
    "note": ("note", "seen", "token", "do", "keep", "keep_reason"),
    "contact": ("outcome", "contact_text"),
    "deadline": ("day", "time", "deadline_reason", "deadline_text"),
    "close": ("close_reason", "close_text"),
    "reopen": ("reopen_text",),
}
DESK_GOOD = {"outcome": "busy", "day": "24.12", "time": "10:00", "deadline_reason": "agreed"}
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


def send_sign_ins(attack: Attack, inputs: list[str]) -> None:
    good = {"email": TARGET, "password": "wrong", "code": "123456", "next": "/desk/"}
    for name, value in attack.pairs((*good, "lang"), inputs):
        attack.staff.get("/desk/sign-in", {name: value})
    # Comparing a password is slow on purpose: after these the address is paused.
    for name, value in attack.pairs((*good, "token"), inputs):
        token = attack.token(attack.scope("desk", ""))
        attack.post("/desk/sign-in", {**good, "token": token, name: value})


def send_desk_acts(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = attack.scope("desk", attack.session)
    for act, names in DESK_ACTS.items():
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            good = {**DESK_GOOD, "seen": attack.version(), "token": staff.token(scope)}
            staff.post(f"/desk/cases/{attack.number}", {**good, "do": act, name: value})
    for n, (name, value) in enumerate(attack.pairs(("how_sure", "seen", "token"), inputs)):
        attack.renew_case(n)
        good = {"how_sure": "Viste passet.", "seen": attack.version(), "token": staff.token(scope)}
        staff.post(f"/desk/cases/{attack.number}/code", {**good, name: value})
    for name, value in attack.pairs(("office", "show", "need", "after", "case", "lang"), inputs):
        staff.get("/desk/", {name: value})


def send_desk_times(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = attack.scope("desk", attack.session)
    for act, names in DESK_TIMES.items():
        page = "call" if act == "contact" else "booking"
        for n, (name, value) in enumerate(attack.pairs(names, inputs)):
            attack.renew_case(n)
            good = {"seen": attack.version(), "token": staff.token(scope), "slot": "1", "do": act}
            staff.post(f"/desk/cases/{attack.number}/{page}", {**good, name: value})
    for name, value in attack.pairs(("kind", "interpreter", "move", "since"), inputs):
        staff.get(f"/desk/cases/{attack.number}/booking", {name: value})
    for name, value in attack.pairs(("office", "day"), inputs):
        staff.get("/desk/diary", {name: value})


def send_sheets(attack: Attack, inputs: list[str]) -> None:
    staff, scope = attack.staff, attack.scope("desk", attack.session)
    good = {**HELP, "reads": "nb", "day": "23.11.2026", "time": "09:00", "goes": "by-place"}
    for name, value in attack.pairs((*HELP_FIELDS, "reads", "day", "time", "goes"), inputs):
        staff.post("/desk/new", {**good, "token": staff.token(scope), name: value})


def send_sides(attack: Attack, inputs: list[str]) -> None:
    staff = attack.staff
    scope = attack.scope("desk", attack.session)
    for page, acts in (("sides", SIDES_ACTS), ("plan", PLAN_ACTS)):
        for act, names in acts.items():
            for n, (name, value) in enumerate(attack.pairs(names, inputs)):
                attack.renew_case(n)
                good = {**SIDES_GOOD, "seen": attack.version(), "token": staff.token(scope)}
                path = f"/desk/cases/{attack.number}/{page}"
                staff.post(path, {**good, "do": act, name: value})
                if n % 10 == 0:
                    staff.get(path, {"offer": value, "step": value})
    for value in inputs[::5]:
        staff.get("/desk/", {"side": value})
