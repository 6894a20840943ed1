"""The pages of figures, in every state one can come to."""

from datetime import date
from itertools import count

from sqlalchemy import update
from werkzeug.test import TestResponse

from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.models import Measure
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from nav_access.web.shared.installation import installation
from tests.desk_factory import add_staff
from tests.pages import Visit, page_state
from tests.states.doors import DOOR, refused, sign_in
from tests.stats_factory import Counted

_counter = count(1)
OCTOBER = "period=2026-10"


def begin(visit: Visit) -> Counted:
    """Return two offices of which something is told and something is hidden; made once a site."""
    made = visit.app.extensions.setdefault("tests.counted", [])
    if not made:
        made.append(_make(visit))
    found: Counted = made[0]
    return found


def _make(visit: Visit) -> Counted:
    with visit.app.app_context():
        site = installation()
    n = next(_counter)
    counted = Counted(site.database, site.keyring, site.clock(), suffix=f"-reports-{n}")
    agency_id = counted.agency(f"Flyktningtjenesten {n}")
    counted.municipality(f"97{n:02}", f"Eikevik {n}", counted.slug)
    for outcome in TransferOutcome:
        counted.many(6, counted.transfer, outcome)
    counted.many(5, counted.transfer, TransferOutcome.BUSY, counted.other_id)
    counted.many(6, counted.message, 20)
    counted.many(6, counted.begin, gets_number=True)
    counted.many(3, counted.begin)
    for kinds in [(), tuple(HelpKind), *((kind,) for kind in HelpKind)]:
        counted.many(5, counted.help, agency_id, 30, kinds, f"97{n:02}")
    with site.database.unit_of_work() as session:
        session.add(
            Measure(
                office_id=counted.office_id,
                kind=MeasureKind.OTHER_DOOR,
                words="Vi møter deg på biblioteket hver torsdag.\nRing på døren.",
                from_date=date(2026, 1, 1),
                written_utc=counted.now,
            )
        )
    return counted


def as_supervisor(visit: Visit, path: str) -> TestResponse:
    """Look at a page as somebody who sees every office."""
    counted = begin(visit)
    with counted.database.unit_of_work() as session:
        who = add_staff(session, f"Sara-{next(_counter)}", now=counted.now)
        made = update(StaffMember).where(StaffMember.id == who.staff_id)
        session.execute(made.values(site_roles=(StaffRole.SUPERVISOR,)))
        token = sessions.start(session, who.staff_id, now=counted.now)
    return _look(visit, token, path)


def as_manager(visit: Visit, path: str) -> TestResponse:
    """Look at a page as the manager of the first office."""
    counted = begin(visit)
    with counted.database.unit_of_work() as session:
        who = add_staff(session, f"Maria-{next(_counter)}", now=counted.now)
        place = counted.office_id, StaffRole.MANAGER
        service.join_office(session, who.staff_id, *place, actor="system", now=counted.now)
        token = sessions.start(session, who.staff_id, now=counted.now)
    return _look(visit, token, path)


def _look(visit: Visit, token: str, path: str) -> TestResponse:
    visit.client.set_cookie("reports", f"{visit.lang}.{token}", path="/reports")
    return visit.client.get(f"/reports/{path}")


@page_state("figures, sign in", **DOOR)
def reports_sign_in(visit: Visit) -> TestResponse:
    return sign_in(visit, "/reports")


@page_state("figures, not theirs", **DOOR)
def reports_refused(visit: Visit) -> TestResponse:
    return refused(visit, "/reports")


@page_state("figures, choose", **DOOR)
def home(visit: Visit) -> TestResponse:
    return as_supervisor(visit, "?period=2026-W47")


@page_state("figures, choose, as a manager", **DOOR)
def home_of_manager(visit: Visit) -> TestResponse:
    return as_manager(visit, "")


@page_state("figures, nobody answers", **DOOR)
def gaps(visit: Visit) -> TestResponse:
    return as_supervisor(visit, "gaps?period=2026-W48")


@page_state("figures, calls put through", **DOOR)
def transfers(visit: Visit) -> TestResponse:
    return as_supervisor(visit, f"transfers?{OCTOBER}")


@page_state("figures, calls put through, asked for a week", **DOOR)
def transfers_of_a_week(visit: Visit) -> TestResponse:
    return as_manager(visit, "transfers?period=2026-W47")


@page_state("figures, messages", **DOOR)
def messages(visit: Visit) -> TestResponse:
    return as_supervisor(visit, f"messages?{OCTOBER}")


@page_state("figures, direct numbers", **DOOR)
def direct_numbers(visit: Visit) -> TestResponse:
    return as_supervisor(visit, f"direct-numbers?{OCTOBER}")


@page_state("figures, agencies", **DOOR)
def agencies(visit: Visit) -> TestResponse:
    return as_supervisor(visit, f"agencies?{OCTOBER}")


@page_state("figures, agencies, nothing to tell", **DOOR)
def no_agencies(visit: Visit) -> TestResponse:
    return as_manager(visit, "agencies?period=2025-10")


@page_state("figures, measures", **DOOR)
def measures(visit: Visit) -> TestResponse:
    return as_manager(visit, f"measures?{OCTOBER}")
