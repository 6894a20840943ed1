"""An office with a terminal, and a line to stand in."""

from secrets import token_bytes

import pytest
from sqlalchemy import func, select

from nav_access.kiosk import queries, terminals, tickets
from nav_access.kiosk.codes import TicketKind
from nav_access.kiosk.models import Ticket
from tests.desk_factory import Desk


class Reception:
    """One office's reception."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.database, self.now = desk, desk.database, desk.now

    def take(self, once=None, now=None, kind=TicketKind.WALK_IN):
        with self.database.unit_of_work() as session:
            return tickets.take_ticket(
                session,
                self.desk.office_id,
                kind,
                once=once or token_bytes(16),
                now=now or self.now,
            )

    def call(self, place=1, once=None, now=None):
        with self.database.unit_of_work() as session:
            return tickets.call_next(
                session,
                self.desk.office_id,
                place,
                once=once or token_bytes(16),
                now=now or self.now,
            )

    def move(self, ticket_id, seen, state, *, office_id=None, place=None, now=None):
        with self.database.unit_of_work() as session:
            step = tickets.Step(ticket_id, seen, state, place)
            tickets.move(session, office_id or self.desk.office_id, step, now=now or self.now)

    def count(self):
        with self.database.read_session() as session:
            return session.scalars(select(func.count(Ticket.id))).one()

    def see(self, ticket_id, now=None):
        with self.database.read_session() as session:
            return queries.see_ticket(session, ticket_id, now or self.now)

    def asked(self, now=None):
        with self.database.read_session() as session:
            return queries.list_asked(session, self.desk.office_id, now or self.now)

    def add_terminal(self, name="Ved døra"):
        with self.database.unit_of_work() as session:
            return terminals.add_terminal(
                session, self.desk.office_id, name, actor="cli", now=self.now
            )

    def register(self, code, now=None):
        with self.database.unit_of_work() as session:
            return terminals.register(session, code, now=now or self.now)

    def find(self, secret, slug=None):
        with self.database.read_session() as session:
            return terminals.find_terminal(session, slug or self.desk.slug, secret)


@pytest.fixture
def reception(database, keyring, now):
    return Reception(Desk(database, keyring, now))
