"""A desk whose cases grow old, and a case that has left a row wherever one can."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, insert, select, update

from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.callbacks.codes import PlanState
from nav_access.erasing.service import run_retention
from nav_access.intake import handling, person
from nav_access.intake.codes import CloseReason, ContactOutcome
from nav_access.intake.models import Case
from nav_access.messaging.codes import MessageState
from nav_access.migrations.tables import METADATA
from tests.desk_factory import Desk
from tests.migrations.filling import _value as plain_value

CANARY = b"canary sealed under some key, 32"
BESIDE = {
    "agencies",
    "booked_slots",
    "centre_answers",
    "centre_look_ups",
    "check_ins",
    "office_duty_lines",
    "slots",
    "tickets",
}
"""Tables without a case's id that rows of a case hang on, or that hang on them."""
STATES = {
    "bookings": {"state": BookingState.BOOKED, "kind": BookingKind.OFFICE},
    "call_plans": {"state": PlanState.PLANNED},
    "outbox_messages": {"state": MessageState.WAITING},
    "slots": {"public_taken": 1, "purpose": Purpose.MEETING},
}


class OldDesk(Desk):
    """A desk at which time goes by."""

    def after(self, **span):
        """Return the instant so long after the desk's present."""
        return self.now + timedelta(**span)

    def run(self, at):
        """Do all that is due at an instant; return what was done."""
        return dict(run_retention(self.database, self.keyring, now=at).done)

    def is_erased(self, number):
        """Say whether the key of a case is destroyed."""
        with self.database.read_session() as session:
            wanted = select(Case.wrapped_key, Case.erased_utc).where(Case.number == number)
            key, at = session.execute(wanted).one()
        assert (key is None) == (at is not None)
        return key is None

    def close(self, number):
        """Answer a case and close it."""
        self.do(handling.log_contact, self.turn(number, 1), ContactOutcome.ANSWERED, None)
        self.do(handling.close_case, self.turn(number, 2), CloseReason.HELPED, None)

    def as_person(self, verb, number, at=None, *arguments):
        """Do something as the case's person."""
        with self.database.unit_of_work() as session:
            verb(session, number, *arguments, keyring=self.keyring, now=at or self.now)

    def withdraw(self, number):
        """Take a request back."""
        self.as_person(person.withdraw, number)

    def fill(self, number):
        """Put a row into every table that hangs on a case, a canary in all that is bytes."""
        with self.database.unit_of_work() as session:
            found = select(Case.id).where(Case.number == number)
            known = {"cases": session.scalars(found).one()}
            session.execute(update(Case).values(dict.fromkeys(_bytes_of("cases"), CANARY)))
            known |= {"offices": self.office_id, "staff_members": self.anne.staff_id}
            for table in METADATA.sorted_tables:
                if table.name in known or not (table.name in BESIDE or "case_id" in table.columns):
                    continue
                values = self._row(table, known)
                if table.name == "case_reaching":
                    session.execute(update(table).values(values))
                    continue
                made = session.execute(insert(table).values(values))
                known[table.name] = made.inserted_primary_key[0]

    def _row(self, table, known):
        values = {c.name: plain_value(c) for c in table.columns if not c.nullable}
        values |= {name: CANARY + table.name[:4].encode() for name in _bytes_of(table.name)}
        if "weekday" in table.columns:
            values["weekday"] = 0
        if "ends_minute" in table.columns:
            values |= {"starts_minute": 1, "ends_minute": 2}
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name in known:
                    values[column.name] = known[key.column.table.name]
        if table.name not in {"case_reaching", "case_needs"} and "id" in table.columns:
            values["id"] = 999
        if "seq" in values:
            values["seq"] = 99
        if "ends_utc" in values:
            values["ends_utc"] = self.after(days=4000)
        return values | STATES.get(table.name, {})


def _bytes_of(name):
    columns = METADATA.tables[name].columns
    return [c.name for c in columns if isinstance(c.type, LargeBinary)]


@pytest.fixture
def desk(database, keyring, now):
    return OldDesk(database, keyring, now)
