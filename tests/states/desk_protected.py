"""Pages about protected persons, as those with the role and as others see them."""

from itertools import count
from secrets import token_bytes

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.models import Escalation
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Flag
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected import service
from nav_access.intake.protected.codes import GlassReason, ProtectionReason
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.models import WHOLE_CASE, Offer
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
    give_phone(at)
    turn = at.desk.turn(at.number, 1, keeper)
    at.desk.do(service.protect, turn, ProtectionReason.PROTECTED_ADDRESS, "Kode 6.")


def give_phone(at: AtDesk) -> None:
    """Give the person a phone of their own: every other page's case has the same one."""
    own = select(Case.id).where(Case.number == at.number).scalar_subquery()
    with at.desk.database.unit_of_work() as session:
        phone = update(Reaching).where(Reaching.case_id == own)
        session.execute(phone.values(phone_index=token_bytes(16)))


def with_double(visit: Visit) -> tuple[AtDesk, str]:
    """Begin as a keeper to whose office a request with the protected phone came, too."""
    at = as_keeper(visit)
    number = at.desk.receive(wishes=ContactWishes(phone="+4790000001")).number
    own = select(Reaching.phone_index).join(Case).where(Case.number == at.number)
    with at.desk.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.is_protected, case.flags = True, (Flag.PROTECTED_PHONE,)
        its = update(Reaching).where(Reaching.case_id == case.id)
        session.execute(its.values(phone_index=session.scalar(own)))
    return at, number


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


@page_state("desk, protected persons, with a request that has the same phone", **DESK)
def doubles(visit: Visit) -> TestResponse:
    return with_double(visit)[0].get("protected")


@page_state("desk, a case that came with a protected person's phone", **DESK)
def double(visit: Visit) -> TestResponse:
    at, number = with_double(visit)
    return at.get(f"cases/{number}")


@page_state("desk, whose request it is", **DESK)
def whose(visit: Visit) -> TestResponse:
    at, number = with_double(visit)
    return at.get(f"cases/{number}/protection")


@page_state("desk, whose request it is, sent empty", **DESK)
def whose_empty(visit: Visit) -> TestResponse:
    at, number = with_double(visit)
    shown = Page.read(at.get(f"cases/{number}/protection"))
    return shown.form('form:has([value="protect"])').submit(visit.client)


@page_state("desk, tasks with a request that has a protected phone and an offer of one", **DESK)
def tasks_waiting(visit: Visit) -> TestResponse:
    at, _ = with_double(visit)
    offer_away(at)
    return at.get("tasks")


def offer_away(at: AtDesk) -> None:
    """Offer the protected case to the other office."""
    with at.desk.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == at.number)).one()
        session.add(
            Offer(
                case_id=case.id,
                need=WHOLE_CASE,
                from_office_id=case.office_id,
                to_office_id=at.desk.other_id,
                reason=OfferReason.LIVES_ELSEWHERE,
                state=OfferState.OPEN,
                made_seq=1,
                made_by=at.who.staff_id,
                made_utc=at.desk.now,
                due_utc=at.desk.now,
                told_utc=at.desk.now,
            )
        )


@page_state("desk, tasks of a manager whom something unseen waits for", **DESK)
def tasks_unseen(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    with at.desk.database.unit_of_work() as session:
        mine = update(Membership).where(Membership.staff_id == at.who.staff_id)
        session.execute(mine.values(role=StaffRole.MANAGER))
        case = session.scalars(select(Case).where(Case.number == at.number)).one()
        case.deadline_utc = at.desk.now
        step = {"step": EscalationStep.MANAGER, "stepped_utc": at.desk.now}
        session.add(Escalation(case_id=case.id, deadline_utc=at.desk.now, **step))
    protect(at)
    return at.get("tasks")
