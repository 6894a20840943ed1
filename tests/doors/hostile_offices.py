"""Hostile inputs for a manager's own office and for those who run the site."""

from collections.abc import Iterable

from nav_access.offices.keeping import measures
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.editing import Editor
from nav_access.offices.keeping.measures import NewMeasure
from nav_access.offices.models import Municipality, Office, OfficeArea, Reception
from nav_access.partners import service as partners
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.service import NewStaff
from nav_access.web.desk.office.agreement_acts import name_version
from tests.doors.hostile_attack import Attack

STRETCH = ("kind1", "opens1", "closes1", "comment1", "kind3", "reception")
OFFICE_ACTS = {
    "hours": ("week", (*STRETCH, "weekdays", "seen", "step", "token", "office")),
    "dates": ("date", (*STRETCH, "first_day", "last_day", "do")),
    "reasons": ("reasons", ("reason", "other_way", "seen")),
    "lines": (
        "line",
        ("line", "phone", "audience", "topic", "split", "late_phone", "late_note", "on_holidays"),
    ),
    "ladder": ("ladder", ("attempts", "days", "fallback", "manager_minutes", "seen")),
    "measures": ("measure", ("measure_kind", "words", "from_day", "until_day")),
    "members": ("add", ("email", "name", "role", "side", "protected", "member")),
}
AGREEMENT_ACTS = {
    "open": ("agency", "places", "needs", "first_day", "last_day"),
    "change": ("agreement", "needs", "last_day", "seen"),
    "end": ("agreement", "places"),
    "confirm": ("change",),
}
AGREEMENT_GOOD = {"places": "4601", "needs": "food", "first_day": "24.12", "last_day": "31.12"}
REGISTER = {"hours": ("reception", "day"), "lines": ("number",), "members": ("member", "seen")}
OFFICE_GOOD = {
    "kind1": "walk_in",
    "opens1": "9",
    "closes1": "15",
    "weekdays": "1",
    "first_day": "24.12",
    "phone": "22000000",
    "audience": "public",
    "attempts": "3",
    "days": "2",
    "fallback": "letter",
    "manager_minutes": "60",
    "centre_minutes": "360",
    "measure_kind": "other",
    "words": "Vi hjelper.",
    "from_day": "24.11",
}
ADMIN_ACTS = {
    "offices": ("create", ("number", "name", "municipalities", "phone", "street", "postcode")),
    "people": ("add", ("email", "name", "role", "token", "do")),
    "agencies": ("add", ("name", "phone", "email")),
    "agencies/1": ("agree", ("municipalities", "needs", "first_day", "last_day", "which")),
    "confirm": ("confirm", ("which", "do")),
    "keys": ("retire", ("key",)),
}
ADMIN_GOOD = {"number": "X", "name": "N", "municipalities": "4601", "first_day": "1.12"}
ADMIN_GOOD |= {"needs": "food"}
FEWER = 3
"""Of the quick run's pairs, one in so many: looking at an office twice is slow."""


def pairs(attack: Attack, names: Iterable[str], inputs: list[str]) -> list[tuple[str, str]]:
    """Return what to send: all of it in the long run."""
    return list(attack.pairs(names, inputs))[:: FEWER if attack.step > 1 else 1]


def send_office(attack: Attack, inputs: list[str]) -> None:
    """Send what a manager could, and read the public page afterwards."""
    desk, staff = attack.desk, attack.staff
    with desk.database.unit_of_work() as session:
        who, office = desk.anne.staff_id, session.get_one(Office, desk.office_id)
        how = {"actor": "system", "now": desk.now}
        service.join_office(session, who, office.id, StaffRole.MANAGER, **how)
        office.receptions.append(Reception(position=0, openings=[]))
    for page, (act, names) in OFFICE_ACTS.items():
        for n, (name, value) in enumerate(pairs(staff, names, inputs)):
            good = OFFICE_GOOD | {"do": act, "reception": "1", "seen": edition(attack)}
            good |= {"office": desk.slug, "step": "save" if n % 2 else ""}
            staff.post(f"/desk/office/{page}", {**good, "token": token(attack), name: value})
    for page, names in REGISTER.items():
        act = "end" if page == "members" else "register"
        for name, value in pairs(staff, names, inputs):
            good = {"do": act, "office": desk.slug, "token": token(attack), "day": "1"}
            staff.post(f"/desk/office/{page}", {**good, name: value})
    for name, value in pairs(staff, ("office", "door", "day", "line", "who"), inputs):
        for page in ("hours", "lines", "members"):
            staff.get(f"/desk/office/{page}", {name: value})
    send_agreements(attack, inputs)
    write_a_measure(attack, inputs)
    attack.judge("office", attack.client.get(f"/en/offices/{desk.slug}"), "")


def send_agreements(attack: Attack, inputs: list[str]) -> None:
    """Send what a manager could about agreements; one is there to change."""
    desk, staff = attack.desk, attack.staff
    with desk.database.unit_of_work() as session:
        number = session.get_one(Office, desk.office_id).number
        session.add(Municipality(number="4601", name="Bergen", search_name="bergen"))
        session.flush()
        session.add(OfficeArea(office_number=number, municipality_number="4601", source="test"))
        how = {"actor": "system", "now": desk.now}
        agency = str(partners.add_agency(session, NewAgency("Etat"), **how))
        terms = Terms(frozenset({"4601"}), frozenset({"food"}), desk.now.date())
        agreement = str(partners.add_agreement(session, int(agency), terms, **how))
    for act, names in AGREEMENT_ACTS.items():
        for n, (name, value) in enumerate(pairs(staff, names, inputs)):
            with desk.database.read_session() as session:
                seen = name_version(session, desk.office_id)
            good = {"agency": agency, "agreement": agreement, "seen": seen, "do": act}
            good |= AGREEMENT_GOOD | {"office": desk.slug, "step": "save" if n % 2 else ""}
            staff.post("/desk/office/agreements", {**good, "token": token(attack), name: value})
    for _, value in pairs(staff, ("agreement",), inputs):
        staff.get("/desk/office/agreements", {"agreement": value})


def write_a_measure(attack: Attack, inputs: list[str]) -> None:
    """Store some of it past the form, so that people's page has to show it."""
    desk = attack.desk
    for text in [one for one in inputs if one.strip() and one.isprintable()][:20]:
        with desk.database.unit_of_work() as session:
            seen = Editor(desk.office_id, "system", int(edition(attack)))
            new = NewMeasure(MeasureKind.OTHER, text, desk.now.date())
            measures.add_measure(session, seen, new, now=desk.now)


def send_admin(attack: Attack, inputs: list[str]) -> None:
    """Send what an administrator could."""
    desk, staff = attack.desk, attack.staff
    with desk.database.unit_of_work() as session:
        new = NewStaff("root@example.org", "Root", frozenset({StaffRole.ADMINISTRATOR}))
        how = {"actor": "system", "keyring": desk.keyring, "now": desk.now}
        root = service.add(session, new, **how).staff_id
        held = sessions.start(session, root, now=desk.now)
        session.add(Municipality(number="4601", name="Bergen", search_name="bergen"))
    staff.client.set_cookie("admin", f"en.{held}", path="/admin")
    scope = attack.scope("admin", held)
    staff.post("/admin/agencies", {"do": "add", "name": "Etat", "token": staff.token(scope)})
    for page, (act, names) in ADMIN_ACTS.items():
        for name, value in pairs(staff, names, inputs):
            good = ADMIN_GOOD | {"do": act, "token": staff.token(scope)}
            staff.post(f"/admin/{page}", {**good, name: value})
    for value in inputs[:: FEWER if staff.step > 1 else 1]:
        staff.get("/admin/offices", {"q": value})
        staff.get("/admin/people", {"q": value})
    for path in ("offices/0", "offices/99999999999999999999", "people/-1", "agencies/x"):
        staff.judge(path, staff.client.get(f"/admin/{path}"), "")


def token(attack: Attack) -> str:
    """Return a good token of the manager's browser."""
    return attack.token(attack.scope("desk", attack.session))


def edition(attack: Attack) -> str:
    """Return the edition of the office that a page would show now."""
    with attack.desk.database.read_session() as session:
        return str(session.get_one(Office, attack.desk.office_id).edition)
