"""Hostile inputs for the figures: all of it stands in addresses."""

from urllib.parse import quote

from sqlalchemy import update

from nav_access.staff import sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from tests.desk_factory import add_staff
from tests.doors.hostile_attack import Attack

PAGES = ("", "gaps", "transfers", "messages", "direct-numbers", "agencies", "measures")
FIELDS = ("period", "place", "lang")


def send_reports(attack: Attack, inputs: list[str]) -> None:
    """Ask every page and file with each of them, as a supervisor."""
    with attack.desk.database.unit_of_work() as session:
        sara = add_staff(session, "Sara", now=attack.desk.now).staff_id
        roles = update(StaffMember).where(StaffMember.id == sara)
        session.execute(roles.values(site_roles=(StaffRole.SUPERVISOR,)))
        token = sessions.start(session, sara, now=attack.desk.now)
    attack.staff.client.set_cookie("reports", f"en.{token}", path="/reports")
    for n, (name, value) in enumerate(attack.pairs(FIELDS, inputs)):
        attack.staff.get(f"/reports/{PAGES[n % len(PAGES)]}", {name: value})
        attack.staff.get("/reports/gaps/offices.csv", {name: value})
    for value in attack.some(inputs):
        path = f"/reports/transfers/{quote(value[:2000], errors='replace')}.csv"
        attack.staff.get(path, {})
