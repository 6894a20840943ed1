"""A desk whose cases grow old."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.erasing.service import run_retention
from nav_access.intake import handling, person
from nav_access.intake.codes import CloseReason, ContactOutcome
from nav_access.intake.models import Case
from tests.desk_factory import Desk


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


@pytest.fixture
def desk(database, keyring, now):
    return OldDesk(database, keyring, now)
