"""Hostile inputs for work accounts: the first sign-in, new credentials, an agency's corrections."""

from datetime import timedelta

from nav_access.partners import service as partners
from nav_access.partners.queries import get_agency
from nav_access.partners.service import NewAgency
from nav_access.staff import first_sign_in, service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from nav_access.staff.queries import get_member_by_email
from nav_access.staff.rules import code_at
from nav_access.staff.service import NewStaff
from tests.doors.hostile_attack import TARGET, Attack

PAGE = "/desk/sign-in/first"
CORRECTIONS = {
    "reached": ("agency_name", "agency_phone", "agency_email"),
    "organisation": ("organisation",),
}
NAMES = ("password", "again", "code", "next", "draft", "token")


def begin(attack: Attack) -> str:
    """Let the target sign in for the first time; return the session's token."""
    now = attack.desk.now
    with attack.desk.database.unit_of_work() as session:
        staff_id = get_member_by_email(session, TARGET).id
        session.get_one(StaffMember, staff_id).handed_out_until_utc = now + timedelta(days=7)
        token = sessions.start(session, staff_id, now=now, is_first=True)
    attack.staff.client.set_cookie("desk", f"en.{token}", path="/desk")
    return token


def send_first(attack: Attack, inputs: list[str]) -> None:
    """Send what does not fit, and then what does but for the password."""
    desk, scope = attack.desk, attack.scope("desk", begin(attack))
    good = {"password": "tog kaffe elv ost", "again": "tog kaffe elv ost", "code": "000000"}
    for name, value in attack.staff.pairs(NAMES, inputs):
        attack.staff.post(PAGE, {**good, "token": attack.token(scope), name: value})
        attack.staff.get(PAGE, {name: value})
    for value in attack.staff.some(inputs):
        token = begin(attack)
        with desk.database.read_session() as session:
            how = {"keyring": desk.keyring, "now": desk.now}
            found = first_sign_in.find_choosing(session, token, **how)
        sent = {"password": value, "again": value, "code": code_at(found.secret, desk.now)}
        attack.staff.post(PAGE, {**sent, "token": attack.token(attack.scope("desk", token))})
    attack.staff.client.set_cookie("desk", f"en.{attack.session}", path="/desk")


def send_corrections(attack: Attack, inputs: list[str]) -> None:
    """Send what an administrator could about an agency, and a manager about a member."""
    desk, staff = attack.desk, attack.staff
    with desk.database.unit_of_work() as session:
        new = NewStaff("root@example.org", "Root", frozenset({StaffRole.ADMINISTRATOR}))
        how = {"actor": "system", "now": desk.now}
        root = service.add(session, new, keyring=desk.keyring, **how).staff_id
        held = sessions.start(session, root, now=desk.now)
        where, anne = desk.office_id, desk.anne.staff_id
        service.join_office(session, anne, where, StaffRole.MANAGER, **how)
        agency_id = partners.add_agency(session, NewAgency("Etat"), **how)
    staff.client.set_cookie("admin", f"en.{held}", path="/admin")
    scopes = attack.scope("admin", held), attack.scope("desk", attack.session)
    for act, names in CORRECTIONS.items():
        for name, value in staff.pairs((*names, "seen"), inputs):
            with desk.database.read_session() as session:
                seen = str(get_agency(session, agency_id).edition)
            good = {"agency_name": "Etat", "do": act, "seen": seen}
            good["token"] = staff.token(scopes[0])
            staff.post(f"/admin/agencies/{agency_id}", {**good, name: value})
    for name, value in staff.pairs(("member", "seen", "step", "office"), inputs):
        good = {"do": "renew", "office": desk.slug, "token": staff.token(scopes[1])}
        staff.post("/desk/office/members", {**good, name: value})
