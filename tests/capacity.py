"""Offices that publish time, and people who book it, for tests of booking."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.models import BookingTerms, CapacityRule, Slot
from nav_access.appointments.queries import BookedTime, FreeTime, list_free_times
from nav_access.appointments.service import Wish, confirm, make_slots, reserve
from nav_access.core.db import Database
from nav_access.intake.models import Case
from tests.desk_factory import Desk

WISHES = ("with_interpreter", "in_private_room", "is_internal")
TERMS = {
    "slot_minutes": 30,
    "length_minutes": 30,
    "interpreter_minutes": 30,
    "lead_minutes": 60,
    "horizon_days": 14,
    "cool_down_minutes": 10,
}


def add_terms(session: Session, office_id: int, purpose: Purpose, **changes: object) -> None:
    """Store an office's terms; `changes` replace some of TERMS."""
    terms = {"office_id": office_id, "purpose": purpose, **TERMS, **changes}
    session.add(BookingTerms(**terms))


def add_rule(
    session: Session, office_id: int, purpose: Purpose, weekday: int, **changes: object
) -> CapacityRule:
    """Store capacity 09:00-12:00 with one public seat, unless `changes` say otherwise."""
    rule = {"starts_minute": 540, "ends_minute": 720, "public_seats": 1, "internal_seats": 0}
    row = CapacityRule(office_id=office_id, purpose=purpose, weekday=weekday, **(rule | changes))
    session.add(row)
    return row


class Diary:
    """A desk whose first office takes people on weekdays 09:00-12:00; it is Monday 09:30."""

    def __init__(self, database: Database, keyring: object, now: datetime) -> None:
        self.database, self.now = database, now
        self.desk = Desk(database, keyring, now)
        self.office_id = self.desk.office_id

    def publish(self, purpose: Purpose = Purpose.CALLBACK, **changes: object) -> None:
        """Publish capacity and terms, and make the slots."""
        of_terms = {
            name: changes.pop(name) for name in [*TERMS, "phone_minutes"] if name in changes
        }
        with self.database.unit_of_work() as session:
            add_terms(session, self.office_id, purpose, **of_terms)
            for weekday in range(5):
                add_rule(session, self.office_id, purpose, weekday, **changes)
            session.flush()
            make_slots(session, now=self.now)

    def new_case(self) -> int:
        """Store a case and return its id."""
        return case_id_of(self.database, self.desk.receive().number)

    def free(self, kind: BookingKind = BookingKind.CALLBACK, **how: object) -> list[FreeTime]:
        """Return the free times, next first."""
        with self.database.read_session() as session:
            how = {"now": self.now} | how
            return list(list_free_times(session, self.office_id, kind, **how))

    def book(
        self, slot_id: int, kind: BookingKind = BookingKind.CALLBACK, **how: object
    ) -> BookedTime:
        """Book a time, for a new case unless `case_id` names one."""
        case_id, now = how.pop("case_id", None) or self.new_case(), how.pop("now", self.now)
        wish = Wish(kind, **{name: how.pop(name) for name in [*how] if name in WISHES})
        with self.database.unit_of_work() as session:
            reserved = reserve(session, slot_id, wish, now=now)
            return confirm(session, case_id, reserved, now=now, **how)

    def do(self, verb: object, *arguments: object, **how: object) -> object:
        """Run one verb of the room in its own unit of work."""
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, **how)

    def slots(self) -> list[Slot]:
        """Return every slot, in order."""
        with self.database.read_session() as session:
            return session.query(Slot).order_by(Slot.starts_utc).all()


def case_id_of(database: Database, number: str) -> int:
    """Return the id behind a case number."""
    with database.read_session() as session:
        return session.query(Case.id).filter_by(number=number).scalar()
