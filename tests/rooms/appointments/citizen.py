"""Somebody who books calls and meetings, for tests of what happens to their case."""

from dataclasses import replace

from sqlalchemy import select

from nav_access.appointments.codes import BookingKind, CancelledBy, Purpose
from nav_access.intake.applications import ContactWishes
from nav_access.intake.booking import service as bookings
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.codes import Need, Reach
from nav_access.intake.models import Case, CaseEvent
from nav_access.messaging.codes import MessageState
from nav_access.messaging.models import OutboxMessage
from tests.desk_factory import FOOD, submission

BY_SMS = ContactWishes(reach=Reach.SMS, phone="+4791234567", name="Kari Ås")
LETTER = replace(FOOD, needs=frozenset({Need.LETTER}), wishes=BY_SMS)


class Citizen:
    """Somebody who books, each verb in its own unit of work at the diary's time."""

    def __init__(self, diary):
        self.diary, self.keyring = diary, diary.desk.keyring

    def do(self, verb, *arguments, **how):
        given = {"keyring": self.keyring, "now": self.diary.now}
        return self.diary.do(verb, *arguments, **given, **how)

    def ask(self, slot_id, application=LETTER, kind=BookingKind.CALLBACK, form=None, **how):
        application = replace(application, office=self.diary.desk.slug)
        choice = BookingChoice(kind, slot_id, **how)
        form = form or submission(self.keyring)
        return self.do(bookings.receive_booking, application, choice, form)

    def book(self, number, slot_id, kind=BookingKind.CALLBACK, form=None):
        form = form or submission(self.keyring)
        return self.do(bookings.book_for_case, number, BookingChoice(kind, slot_id), form)

    def move(self, number, slot_id, purpose=Purpose.CALLBACK, form=None):
        form = form or submission(self.keyring)
        return self.do(bookings.move_booking, number, purpose, slot_id, form)

    def cancel(self, number, by=CancelledBy.PREVENTED, purpose=Purpose.CALLBACK, form=None):
        form = form or submission(self.keyring)
        return self.do(bookings.cancel_booking, number, purpose, by, form)

    def case(self, number):
        with self.diary.database.read_session() as session:
            return session.scalars(select(Case).where(Case.number == number)).one()

    def events(self):
        with self.diary.database.read_session() as session:
            return [(e.kind, e.detail) for e in session.scalars(select(CaseEvent))]

    def messages(self):
        with self.diary.database.read_session() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.due_utc)).all()
        waiting = [row for row in rows if row.state is MessageState.WAITING]
        return [(row.kind, row.due_utc) for row in waiting]
