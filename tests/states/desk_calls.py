"""Cases somebody tried to ring, as their office and as the person sees them."""

from datetime import timedelta
from itertools import count

from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.intake import handling
from nav_access.intake.calling.escalations import step_up
from nav_access.intake.codes import ContactOutcome
from nav_access.intake.models import Case
from nav_access.web.shared.installation import installation
from tests.desk_factory import Desk
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk

_counter = count(1)


def miss(desk: Desk, number: str, outcome: ContactOutcome = ContactOutcome.NO_ANSWER) -> None:
    """Try to ring in vain."""
    with desk.database.read_session() as session:
        seen = session.scalars(select(Case.version).where(Case.number == number)).one()
    desk.do(handling.log_contact, desk.turn(number, seen), outcome, None)


@page_state("desk, case tried in vain and late", **DESK)
def case_tried(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    miss(at.desk, at.number)
    miss(at.desk, at.number, ContactOutcome.WRONG_NUMBER)
    with at.desk.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == at.number)).one()
        later = at.desk.now + timedelta(days=7)
        step_up(session, case, keyring=at.desk.keyring, now=later)
    return at.case()


def tried(visit: Visit, outcome: ContactOutcome) -> TestResponse:
    """Open the case of somebody who was just rung in vain."""
    with visit.app.app_context():
        site = installation()
    suffix = f"-tried-{next(_counter)}"
    desk = Desk(site.database, site.keyring, site.clock(), suffix=suffix)
    receipt = desk.receive()
    miss(desk, receipt.number, outcome)
    form = visit.page("case").form()
    return form.fill(code=f"{receipt.number}{receipt.key}").submit(visit.client)


@page_state("case, the next call is planned")
def next_call(visit: Visit) -> TestResponse:
    return tried(visit, ContactOutcome.NO_ANSWER)


@page_state("case, ringing did not work")
def fallback(visit: Visit) -> TestResponse:
    return tried(visit, ContactOutcome.WRONG_NUMBER)
