"""Operators, look-ups and messages for tests of the contact centre, made without the doors."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from nav_access.intake.centre import looking, messages, transfers
from nav_access.intake.centre.codes import LookUpReason
from nav_access.intake.centre.looking import Question
from nav_access.intake.centre.messages import NewMessage
from nav_access.intake.codes import Reach, Urgency
from nav_access.offices.codes import DutyAudience, OfficeKind
from nav_access.offices.models import DutyInterval, DutyLine, Office
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember
from tests.desk_factory import Desk, add_office, add_staff, submission

PHONE = "+4791234567"


def add_operator(session, name, now):
    """Store an operator and return who they are when signed in."""
    who = add_staff(session, name, now=now)
    made = update(StaffMember).where(StaffMember.id == who.staff_id)
    session.execute(made.values(site_roles=(StaffRole.OPERATOR,)))
    return replace(who, roles=frozenset({StaffRole.OPERATOR}))


def add_line(session, office_id, phone, audience=DutyAudience.CONTACT_CENTRE, weekdays=range(5)):
    """Give an office a line staffed 09-15 on some weekdays; return its id."""
    times = [DutyInterval(weekday=day, opens_minute=540, closes_minute=900) for day in weekdays]
    line = DutyLine(
        office_id=office_id, position=0, phone=phone, audience=audience, intervals=times
    )
    session.add(line)
    session.flush()
    return line.id


def find_centre(session):
    """Return the contact centre's office, of which there is one; made when there is none."""
    kind = OfficeKind.CONTACT_CENTRE
    found = session.scalar(select(Office.id).where(Office.kind == kind))
    return found or add_office(session, "kontaktsenter", kind)


def look_up(session, who, number, keyring, now):
    """Let an operator look a case up, who may open it from now on."""
    question = Question(LookUpReason.CALLER_RANG, number=number)
    looking.look_up(session, who, question, submission(keyring), keyring=keyring, now=now)


class Centre(Desk):
    """The desk's offices, and the contact centre with the operators Olga and Omar."""

    def __init__(self, database, keyring, now, *, suffix=""):
        super().__init__(database, keyring, now, suffix=suffix)
        with database.unit_of_work() as session:
            self.centre_id = find_centre(session)
            self.olga = add_operator(session, f"Olga{suffix}", now)
            self.omar = add_operator(session, f"Omar{suffix}", now)

    def look(self, who=None, at=None, form=None, **asked):
        """Look for a case; by its phone unless told otherwise."""
        question = Question(LookUpReason.CALLER_RANG, **(asked or {"phone": PHONE}))
        with self.database.unit_of_work() as session:
            return looking.look_up(
                session,
                who or self.olga,
                question,
                form or submission(self.keyring),
                keyring=self.keyring,
                now=at or self.now,
            )

    def known(self, who=None, **changes):
        """Receive a request and look it up; return its number."""
        number = self.receive(**changes).number
        self.look(who, number=number)
        return number

    def message(self, **changes):
        """Return a message that can be sent now."""
        plain = NewMessage(
            Urgency.URGENT, self.now + timedelta(hours=4), "Ring henne før 14.", Reach.CALL
        )
        return replace(plain, **changes)

    def send(self, number, who=None, form=None, at=None, **changes):
        """Send a message about a case; return its id."""
        with self.database.unit_of_work() as session:
            return messages.send_message(
                session,
                who or self.olga,
                number,
                self.message(**changes),
                form or submission(self.keyring),
                keyring=self.keyring,
                now=at or self.now,
            )

    def act(self, verb, who, message_id, *words, form=None, at=None):
        """Acknowledge, answer or add words to a message."""
        more = (*words, form or submission(self.keyring)) if words else ()
        with self.database.unit_of_work() as session:
            verb(session, who, message_id, *more, keyring=self.keyring, now=at or self.now)

    def read(self, find, *arguments, **named):
        """Read something in its own session, at the centre's time."""
        with self.database.read_session() as session:
            return find(session, *arguments, **named)

    def transfer(self, line_id, outcome, number=None, who=None, form=None):
        """Log an attempt to put somebody through."""
        with self.database.unit_of_work() as session:
            transfers.log_transfer(
                session,
                who or self.olga,
                line_id,
                outcome,
                form or submission(self.keyring),
                number=number,
                keyring=self.keyring,
                now=self.now,
            )
