"""Pages about protected persons, as those with the role and as others see them."""

from itertools import count

from sqlalchemy import update
from werkzeug.test import TestResponse

from nav_access.intake.protected import service
from nav_access.intake.protected.codes import GlassReason, ProtectionReason
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership
from nav_access.staff.rules import Who
from tests.desk_factory import add_staff
from tests.page import Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk

_counter = count(1)


def as_keeper(visit: Visit) -> AtDesk:
    """Begin as somebody who sees protected persons, with one whose glass was broken."""
    at = AtDesk.begin(visit)
    with at.desk.database.unit_of_work() as session:
        mine = update(Membership).where(Membership.staff_id == at.who.staff_id)
        session.execute(mine.values(sees_protected=True))
        other = add_staff(session, f"Per-{next(_counter)}", at.desk.office_id, now=at.desk.now)
    protect(at)
    turn = at.desk.turn(at.number, 0, other)
    at.desk.do(service.break_glass, turn, GlassReason.PERSON_IS_HERE, "Står i resepsjonen.")
    return at


def protect(at: AtDesk) -> None:
    """Mark the case as protected."""
    who = at.who
    keeper = Who(
        who.staff_id,
        who.name,
        who.email,
        who.office_ids,
        who.roles,
        protected_office_ids=who.office_ids,
    )
    turn = at.desk.turn(at.number, 1, keeper)
    at.desk.do(service.protect, turn, ProtectionReason.PROTECTED_ADDRESS, "Kode 6.")


@page_state("desk, protected persons", **DESK)
def protected(visit: Visit) -> TestResponse:
    return as_keeper(visit).get("protected")


@page_state("desk, protected persons, a look sent empty", **DESK)
def look_empty(visit: Visit) -> TestResponse:
    shown = Page.read(AtDesk.begin(visit).get("protected"))
    return shown.form("form:has([name=glass_text])").submit(visit.client)


@page_state("desk, protected persons, one noted", **DESK)
def noted(visit: Visit) -> TestResponse:
    at = as_keeper(visit)
    Page.read(at.get("protected")).form("form:has([name=glass])").submit(visit.client)
    return at.get("protected")


@page_state("desk, tasks with a look unread", **DESK)
def tasks(visit: Visit) -> TestResponse:
    return as_keeper(visit).get("tasks")


@page_state("desk, protected case", **DESK)
def case(visit: Visit) -> TestResponse:
    return as_keeper(visit).case()


@page_state("desk, protection ended without a second look", **DESK)
def end_empty(visit: Visit) -> TestResponse:
    at = as_keeper(visit)
    shown = Page.read(at.get(f"cases/{at.number}/protection"))
    return shown.form("form:has([name=seen])").submit(visit.client)


@page_state("desk, protect a case", **DESK)
def protect_empty(visit: Visit) -> TestResponse:
    at = as_keeper(visit)
    other = at.desk.receive().number
    shown = Page.read(at.get(f"cases/{other}/protection"))
    return shown.form("form:has([name=seen])").submit(visit.client)


@page_state("desk, protected persons, nobody with the role", **DESK)
def without_keeper(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    with at.desk.database.unit_of_work() as session:
        mine = update(Membership).where(Membership.staff_id == at.who.staff_id)
        session.execute(mine.values(role=StaffRole.MANAGER))
    protect(at)
    return at.get("protected")
