"""The desk's pages about calls, times, letters and capacity, in every state one can come to."""

from dataclasses import replace

from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.appointments.codes import Purpose
from nav_access.appointments.service import make_slots
from nav_access.intake import handling
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import ContactOutcome
from nav_access.intake.models import Case
from nav_access.messaging.codes import MessageChannel
from nav_access.messaging.models import OutboxMessage
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.web.messages.send import send_due
from nav_access.web.shared.installation import installation
from tests.capacity import add_rule, add_terms
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk


def publish(at: AtDesk) -> AtDesk:
    """Let the office offer times, and its reader manage it."""
    with at.desk.database.unit_of_work() as session:
        for purpose in Purpose:
            add_terms(session, at.desk.office_id, purpose)
            for weekday in range(5):
                add_rule(session, at.desk.office_id, purpose, weekday, internal_seats=1)
        session.flush()
        make_slots(session, now=at.desk.now)
        service.join_office(
            session,
            at.who.staff_id,
            at.desk.office_id,
            StaffRole.MANAGER,
            actor="system",
            now=at.desk.now,
        )
    return at


def log(at: AtDesk, outcome: ContactOutcome) -> None:
    """Log how an attempt went."""
    at.desk.do(handling.log_contact, at.desk.turn(at.number), outcome, None)


def form(answer: TestResponse, act: str) -> Form:
    """Return one form of a page."""
    return Page.read(answer).form(f'form:has(input[name="do"][value="{act}"])')


@page_state("desk, ring", **DESK)
def ring(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    return at.get(f"cases/{at.number}/call")


@page_state("desk, ring, do not", **DESK)
def ring_not(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    return at.get(f"cases/{at.desk.receive(wishes=ContactWishes()).number}/call")


@page_state("desk, ring, no answer", **DESK)
def ring_missed(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    log(at, ContactOutcome.NO_ANSWER)
    return at.get(f"cases/{at.number}/call")


@page_state("desk, ring, wrong number", **DESK)
def ring_wrong(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    log(at, ContactOutcome.WRONG_NUMBER)
    return at.get(f"cases/{at.number}/call")


@page_state("desk, ring, answered", **DESK)
def ring_answered(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    log(at, ContactOutcome.ANSWERED)
    return at.get(f"cases/{at.number}/call")


@page_state("desk, ring, not said how it went", **DESK)
def ring_empty(visit: Visit) -> TestResponse:
    filled = form(ring(visit), "contact")
    filled.values["outcome"] = [""]
    return filled.submit(visit.client)


@page_state("desk, ring, somebody was quicker", **DESK)
def ring_collision(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    filled = form(at.get(f"cases/{at.number}/call"), "contact").fill(contact_text="Ringte.")
    at.desk.do(handling.claim, at.desk.turn(at.number))
    filled.values["outcome"] = ["busy"]
    return filled.submit(visit.client)


@page_state("desk, times, nothing to book", **DESK)
def times_none(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    return at.get(f"cases/{at.number}/booking")


@page_state("desk, times", **DESK)
def times(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    return at.get(f"cases/{at.number}/booking?kind=office")


@page_state("desk, times, none chosen", **DESK)
def times_empty(visit: Visit) -> TestResponse:
    return form(times(visit), "book").submit(visit.client)


@page_state("desk, times, booked", **DESK)
def times_booked(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    filled = form(at.get(f"cases/{at.number}/booking?kind=office&interpreter=no"), "book")
    filled.fill(slot=max(filled.choices("slot") or "", key=int)).submit(visit.client)
    return at.get(f"cases/{at.number}/booking?move=meeting")


@page_state("desk, diary", **DESK)
def diary(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    filled = form(at.get(f"cases/{at.number}/booking?kind=office&interpreter=no"), "book")
    filled.fill(slot=min(filled.choices("slot") or "", key=int)).submit(visit.client)
    return at.get("diary")


@page_state("desk, diary, nothing there", **DESK)
def diary_empty(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("diary")


@page_state("desk, what can be booked", **DESK)
def capacity(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    closing = form(at.get("capacity"), "change").fill(day="24.12")
    looked = Page.read(closing.submit(visit.client))
    looked.form('form:has(input[name="step"])').submit(visit.client)
    return at.get("capacity?saved=yes")


@page_state("desk, what can be booked, how it will look", **DESK)
def capacity_look(visit: Visit) -> TestResponse:
    shown = Page.read(publish(AtDesk.begin(visit)).get("capacity"))
    gone = Form.read(shown, shown.all('form:has(input[name="do"][value="rule_gone"])')[0])
    return gone.submit(visit.client)


@page_state("desk, what can be booked, nothing left", **DESK)
def capacity_look_nothing(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    filled = form(at.get("capacity"), "terms").fill(lead_minutes="10080", horizon_days="1")
    return filled.submit(visit.client)


@page_state("desk, what can be booked, wrong", **DESK)
def capacity_wrong(visit: Visit) -> TestResponse:
    at = publish(AtDesk.begin(visit))
    return form(at.get("capacity"), "rule").fill(starts="x").submit(visit.client)


@page_state("desk, tasks", **DESK)
def tasks(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    log(at, ContactOutcome.WRONG_NUMBER)
    return at.get("tasks")


@page_state("desk, tasks, none", **DESK)
def tasks_none(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("tasks")


def written(visit: Visit) -> AtDesk:
    """Let a letter wait at the reader's office, to somebody who may be written to by name."""
    at = AtDesk.begin(visit)
    wishes = ContactWishes(phone="+4791234567", name="Kari Ås", may_say_who=True)
    addressed = replace(at, number=at.desk.receive(wishes=wishes).number)
    log(addressed, ContactOutcome.WRONG_NUMBER)
    with visit.app.app_context():
        send_due(installation(), at.desk.now)
    return addressed


@page_state("desk, letters", **DESK)
def letters(visit: Visit) -> TestResponse:
    return written(visit).get("letters")


@page_state("desk, letters, none", **DESK)
def letters_none(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("letters")


@page_state("desk, a letter", **DESK)
def letter(visit: Visit) -> TestResponse:
    at = written(visit)
    with at.desk.database.read_session() as session:
        of_case = select(OutboxMessage.id).join(Case).where(Case.number == at.number)
        is_letter = OutboxMessage.channel == MessageChannel.LETTER
        message_id = session.scalars(of_case.where(is_letter)).one()
    return at.get(f"letters/{message_id}")


@page_state("desk, the outbox", **DESK)
def outbox(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("outbox")
