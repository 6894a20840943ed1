"""An office with an ordinary and a protected case, and everybody who may or may not know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.intake import handling
from nav_access.intake.calling.escalations import list_escalated
from nav_access.intake.centre import lists
from nav_access.intake.centre.lists import count_unread
from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.centre.queries import list_left
from nav_access.intake.codes import ContactOutcome, Reach, TimeOfDay
from nav_access.intake.errors import CaseNotFound, NotNow
from nav_access.intake.letters import list_letters
from nav_access.intake.models import Case
from nav_access.intake.protected import service
from nav_access.intake.protected.codes import GlassReason, ProtectionReason
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.models import WHOLE_CASE, Offer
from nav_access.intake.sides.queries import list_offers, list_unanswered_for
from nav_access.intake.staff_queries import get_case_for
from nav_access.messaging.codes import MessageChannel, MessageKind, MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.offices.codes import OfficeKind
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership
from nav_access.staff.rules import Who
from nav_access.worklist.queries import list_queue
from nav_access.worklist.statements import Show
from nav_access.worklist.tasks import list_due_calls, list_fallbacks, list_late
from tests.desk_factory import Desk, add_office, add_staff


class ProtectedDesk(Desk):
    """A desk with Kaia, who sees protected persons, at the office; others elsewhere."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # as Desk takes them
        with self.database.unit_of_work() as session:
            self.centre_id = add_office(session, "nav-senter", OfficeKind.CONTACT_CENTRE)
            self.kaia = self.add(session, "Kaia", self.office_id, sees_protected=True)
            self.manager = replace(
                self.add(session, "Mona", self.office_id, role=StaffRole.MANAGER),
                managed_office_ids=frozenset({self.office_id}),
            )
            self.strange_keeper = self.add(session, "Tor", self.other_id, sees_protected=True)
            self.operator = replace(
                self.add(session, "Cato", self.centre_id),
                roles=frozenset({StaffRole.OPERATOR}),
            )
            self.centre_keeper = self.add(session, "Cilla", self.centre_id, sees_protected=True)

    def add(
        self,
        session: Session,
        name: str,
        office_id: int,
        *,
        role: StaffRole = StaffRole.CASEWORKER,
        sees_protected: bool = False,
    ) -> Who:
        """Store somebody who works at an office, and return them as found now."""
        who = add_staff(session, name, office_id, now=self.now)
        values = {"staff_id": who.staff_id, "office_id": office_id, "role": role}
        session.add(Membership(**values, sees_protected=sees_protected))
        seen = frozenset({office_id}) if sees_protected else frozenset()
        return replace(who, protected_office_ids=seen, at_utc=self.now)

    def version(self, number: str) -> int:
        """Return the version a case has now."""
        with self.database.read_session() as session:
            return session.scalars(select(Case.version).where(Case.number == number)).one()

    def protect(self, number: str, who: Who | None = None) -> None:
        """Mark a case as protected; Kaia does it unless told who."""
        turn = self.turn(number, self.version(number), who or self.kaia)
        self.do(service.protect, turn, ProtectionReason.PROTECTED_ADDRESS, "Kode 6.")

    def break_glass(self, number: str, who: Who) -> None:
        """Break the glass before a case."""
        self.do(service.break_glass, self.turn(number, 0, who), GlassReason.DANGER, "Det brenner.")

    def do_now(self, verb: Callable[..., None], *arguments: object) -> None:
        """Run a verb that takes the time alone, in its own unit of work."""
        with self.database.unit_of_work() as session:
            verb(session, *arguments, now=self.now)

    def opens(self, who: Who, number: str) -> bool:
        """Say whether somebody can read a case."""
        with self.database.read_session() as session:
            try:
                get_case_for(session, who, number, keyring=self.keyring)
            except CaseNotFound:
                return False
        return True

    def acts(self, who: Who, number: str) -> bool:
        """Say whether somebody can write in a case."""
        try:
            self.do(handling.write_note, self.turn(number, self.version(number), who), "Notat.")
        except CaseNotFound:
            return False
        return True

    def claims(self, who: Who, number: str) -> bool:
        """Say whether somebody can take a case."""
        try:
            self.do(handling.claim, self.turn(number, self.version(number), who))
        except (CaseNotFound, NotNow):
            return False
        return True

    def put_everywhere(self, number: str) -> None:
        """Put a case on every list there is: rung in vain, late, handed over, with a letter."""
        late = self.now - timedelta(hours=1)
        with self.database.unit_of_work() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            case.deadline_utc = late
            step = {"step": EscalationStep.CONTACT_CENTRE, "stepped_utc": late}
            session.add(Escalation(case_id=case.id, deadline_utc=late, **step))
        turn = self.turn(number, self.version(number), self.kaia)
        self.do(handling.log_contact, turn, ContactOutcome.NO_ANSWER, None)
        with self.database.unit_of_work() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            session.get_one(CallPlan, case.id).from_utc = late
            session.add(letter_of(case, self))
            session.add(offer_of(case, self))
            session.add(message_of(case, self))

    def lists(self, who: Who) -> str:
        """Return all that any list says to somebody."""
        with self.database.read_connection() as connection:
            queues = [list_queue(connection, who, self.office_id, show) for show in Show]
        with self.database.read_session() as session:
            tasks = list_due_calls(session, who, self.now), list_fallbacks(session, who)
            told = list_late(session, who), list_escalated(session, who)
            offers = list_offers(session, who), list_unanswered_for(session, who)
            unread = lists.list_unread(session, who, self.now), count_unread(session, who)
            left = list_left(session, who), lists.list_returned(session, who, self.now)
            sent = lists.list_sent(session, who, self.now)
            letters = list_letters(session, who)
            return repr((queues, tasks, told, offers, unread, left, sent, letters))


def letter_of(case: Case, desk: Desk) -> OutboxMessage:
    """Return a letter that waits to be printed."""
    return OutboxMessage(
        case_id=case.id,
        kind=MessageKind.FALLBACK,
        channel=MessageChannel.LETTER,
        state=MessageState.WAITING,
        detail={"fallback": "letter"},
        wanted_utc=desk.now,
        due_utc=desk.now,
        created_utc=desk.now,
        give_up_utc=desk.now + timedelta(days=9),
        once=f"letter-{case.number}",
    )


def offer_of(case: Case, desk: ProtectedDesk) -> Offer:
    """Return an offer of the whole case to the other office, which nobody answered in time."""
    return Offer(
        case_id=case.id,
        need=WHOLE_CASE,
        from_office_id=case.office_id,
        to_office_id=desk.other_id,
        reason=OfferReason.LIVES_ELSEWHERE,
        state=OfferState.OPEN,
        made_seq=1,
        made_by=desk.kaia.staff_id,
        made_utc=desk.now,
        due_utc=desk.now,
        told_utc=desk.now,
    )


def message_of(case: Case, desk: ProtectedDesk) -> CentreMessage:
    """Return a message of Cato's that nobody has acknowledged and that came back to the centre."""
    return CentreMessage(
        name=case.number,
        case_id=case.id,
        staff_id=desk.operator.staff_id,
        sent_utc=desk.now,
        urgency=0,
        deadline_utc=desk.now,
        due_utc=desk.now,
        reach=Reach.CALL,
        best_time=TimeOfDay.ANY,
        needs_interpreter=False,
        text_sealed=b"",
        step=EscalationStep.CONTACT_CENTRE,
        stepped_utc=desk.now,
    )
