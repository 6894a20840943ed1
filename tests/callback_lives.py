"""An office that rings people, and whatever can happen to one of them, for tests of callbacks."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, select

from nav_access.appointments.codes import BookingKind, CancelledBy, Purpose
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered, SlotTaken
from nav_access.appointments.making import make_slots
from nav_access.appointments.queries import list_free_times
from nav_access.callbacks.queries import Plan, find_plan
from nav_access.core.db import Database
from nav_access.core.runs import RunReport
from nav_access.core.security.keyring import Keyring
from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.booking import service as bookings
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.calling import history
from nav_access.intake.calling.rounds import Round
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import AcuteStatement, CloseReason, ContactOutcome, Reach, TimeOfDay
from nav_access.intake.errors import CaseNotFound, NotAnswered, NotNow, TimeStands
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.messaging.models import OutboxMessage
from nav_access.offices import cards
from nav_access.offices.changes import bump_data_version
from nav_access.offices.codes import DutyAudience, OfficeKind
from nav_access.offices.models import DutyInterval, DutyLine
from nav_access.offices.staffed import StaffedHours
from nav_access.staff import service as staff
from nav_access.staff.codes import StaffRole
from tests.capacity import add_rule, add_terms
from tests.desk_factory import FOOD, Desk, add_office, add_staff, submission

Week = Mapping[int, tuple[int, int]]
"""From which to which hour the line is staffed, by weekday."""

EVERY_WEEKDAY: Week = dict.fromkeys(range(5), (9, 15))
REFUSALS = (
    AlreadyBooked,
    CaseNotFound,
    NotAnswered,
    NotBooked,
    NotNow,
    TimeStands,
    NotOffered,
    SlotTaken,
)


class Lives:
    """One office with a manager, Bo, and a caseworker, Anne; a contact centre with Cato."""

    def __init__(self, database: Database, keyring: Keyring, now: datetime) -> None:
        self.database, self.keyring = database, keyring
        self.desk = Desk(database, keyring, now)
        self.office_id = self.desk.office_id
        with database.unit_of_work() as session:
            self.centre_id = add_office(session, "kontaktsenter", OfficeKind.CONTACT_CENTRE)
            self.cato = add_staff(session, "Cato", self.centre_id, now=now)
            self._employ(session, self.desk.anne, StaffRole.CASEWORKER)
            self._employ(session, self.desk.bo, StaffRole.MANAGER)
            self._employ(session, self.cato, StaffRole.CASEWORKER)
            line = DutyLine(
                office_id=self.office_id,
                position=0,
                phone="+4722000000",
                audience=DutyAudience.PUBLIC,
            )
            session.add(line)
            session.flush()
            self.line_id = line.id
            add_terms(session, self.office_id, Purpose.CALLBACK, lead_minutes=0)
            for weekday in range(5):
                add_rule(session, self.office_id, Purpose.CALLBACK, weekday, public_seats=50)
        self.set_week(EVERY_WEEKDAY)

    def _employ(self, session, who, role) -> None:
        for office_id in who.office_ids:
            staff.join_office(
                session, who.staff_id, office_id, role, actor="system", now=self.desk.now
            )

    @property
    def now(self) -> datetime:
        """The instant it is."""
        return self.desk.now

    def begin(self, at: datetime, **wishes: object) -> str:
        """Begin another life: a new request at an instant, every closure forgotten."""
        self.desk.now = at
        self.set_week(EVERY_WEEKDAY)
        with self.database.unit_of_work() as session:
            make_slots(session, now=at)
        self.number = self.desk.receive(wishes=replace(FOOD.wishes, **wishes)).number
        return self.number

    # What happens to the office

    def set_week(self, week: Week, *, keep_dates: bool = False) -> None:
        """Staff the line at these hours; dated closures go unless they are kept."""
        of_line = DutyInterval.line_id == self.line_id
        which = of_line & DutyInterval.weekday.is_not(None) if keep_dates else of_line
        with self.database.unit_of_work() as session:
            session.execute(delete(DutyInterval).where(which))
            for weekday, (opens, closes) in week.items():
                times = {"opens_minute": opens * 60, "closes_minute": closes * 60}
                session.add(DutyInterval(line_id=self.line_id, weekday=weekday, **times))
            self._tell_caches(session)

    def close_on(self, day: date) -> None:
        """Have nobody at the line on a date."""
        with self.database.unit_of_work() as session:
            session.add(DutyInterval(line_id=self.line_id, on_date=day))
            self._tell_caches(session)

    def _tell_caches(self, session) -> None:
        # Another process would believe its card for a second more.
        bump_data_version(session)
        cards._kept.clear()

    # What people do

    def log(self, outcome: ContactOutcome, who=None) -> None:
        """Log an attempt."""
        self.desk.do(handling.log_contact, self._turn(who), outcome, None)

    def close(self) -> None:
        """Let the office close the case."""
        self.desk.do(handling.close_case, self._turn(), CloseReason.HANDED_OVER, None)

    def reopen(self) -> None:
        """Let the office open the case again."""
        self.desk.do(handling.reopen_case, self._turn(), None)

    def claim(self, who) -> None:
        """Let somebody take the case."""
        self.desk.do(handling.claim, self._turn(who))

    def wish(
        self,
        best_time: TimeOfDay,
        reach: Reach = Reach.CALL,
        phone: str | None = "+4740000000",
    ) -> None:
        """Let the person change how and when they can be reached; no phone keeps the old one."""
        wishes = ContactWishes(reach=reach, phone=phone, best_time=best_time)
        self._as_person(person.change_contact, wishes, submission(self.keyring))

    def speak(self, language: str) -> None:
        """Let the person change the language."""
        self._as_person(person.change_language, language)

    def withdraw(self) -> None:
        """Let the person take the request back."""
        self._as_person(person.withdraw)

    def undo(self) -> None:
        """Let the person take that back."""
        self._as_person(person.undo_withdrawal)

    def say_more(self) -> None:
        """Let the person tell more."""
        once = submission(self.keyring)
        self._as_person(person.add_information, "Hei.", frozenset(), once)

    def say_it_is_acute(self) -> None:
        """Let the person tell that they have no food today."""
        acute, once = frozenset({AcuteStatement.NO_FOOD_TODAY}), submission(self.keyring)
        self._as_person(person.add_information, "Hei.", acute, once)

    def book(self, index: int) -> None:
        """Let the person book one of the free times for a call."""
        with self.database.read_session() as session:
            free = list_free_times(
                session, self.office_id, BookingKind.CALLBACK, now=self.now, limit=60
            )
        slot_id = free[index % len(free)].slot_id if free else None
        choice = BookingChoice(BookingKind.CALLBACK, slot_id)
        self._as_person(bookings.book_for_case, choice, submission(self.keyring))

    def book_today(self) -> None:
        """Let the person ask for a call at any time today."""
        choice = BookingChoice(BookingKind.CALLBACK, None)
        self._as_person(bookings.book_for_case, choice, submission(self.keyring))

    def choose_office(self, slug: str) -> None:
        """Let the person choose another office."""
        self._as_person(person.choose_office, slug)

    def cancel(self, by: CancelledBy) -> None:
        """Let the person cancel the booked call."""
        once = submission(self.keyring)
        self._as_person(bookings.cancel_booking, Purpose.CALLBACK, by, once)

    def _as_person(self, verb, *arguments) -> None:
        with self.database.unit_of_work() as session:
            verb(session, self.number, *arguments, keyring=self.keyring, now=self.now)

    def _turn(self, who=None):
        return self.desk.turn(self.number, self.case().version, who)

    # What time does

    def run(self) -> RunReport:
        """Run the clocks once."""
        return run_clocks(self.database, self.keyring, now=self.now)

    def run_at_once(self, others: Sequence[Database]) -> list[RunReport]:
        """Run the clocks in several processes' stead at the same time."""
        databases = [self.database, *others]
        with ThreadPoolExecutor(len(databases)) as pool:
            runs = [pool.submit(run_clocks, d, self.keyring, now=self.now) for d in databases]
            return [run.result() for run in runs]

    # What there is to see

    def case(self) -> Case:
        """The case as it is stored."""
        with self.database.read_session() as session:
            return session.scalars(select(Case).where(Case.number == self.number)).one()

    def wishes(self) -> Reaching:
        """How the person can be reached."""
        with self.database.read_session() as session:
            return session.get(Reaching, self.case().id)

    def events(self) -> list[CaseEvent]:
        """Everything that happened to the case, in order."""
        of_case = CaseEvent.case_id == self.case().id
        with self.database.read_session() as session:
            return list(session.scalars(select(CaseEvent).where(of_case).order_by(CaseEvent.seq)))

    def kinds(self) -> list[str]:
        """The kinds of the events, in order."""
        return [str(event.kind) for event in self.events()]

    def messages(self) -> list[OutboxMessage]:
        """Every message there is, in the order they were asked for."""
        with self.database.read_session() as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def plan(self) -> Plan | None:
        """The plan for ringing."""
        with self.database.read_session() as session:
            return find_plan(session, self.case().id)

    def round(self) -> Round:
        """What was tried since the person was last heard from."""
        with self.database.read_session() as session:
            return history.read_events(session, self.case().id)

    def hours(self) -> StaffedHours:
        """When the line is staffed."""
        with self.database.read_session() as session:
            return cards.get_card(session, self.office_id).hours
