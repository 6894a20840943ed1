"""How the line of an office stands: for who waits, for the desks and for the waiting room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.models import Ticket
from nav_access.kiosk.rules import OPEN, estimate_wait

MOST_SHOWN = 200
RECENT = timedelta(days=7)
LAST_SERVED = 20
"""How many of the last ones tell how long the next take."""
AT_WORK = timedelta(minutes=30)
"""A desk that called somebody within this time is at work."""
SHOWN_FOR = timedelta(minutes=15)
"""How long a called number stands on the screen of the waiting room."""
MOST_ASKED = 6
"""As many as are read from far away on one screen."""
IN_LINE = Ticket.state == TicketState.WAITING, Ticket.kind == TicketKind.WALK_IN


@dataclass(frozen=True, slots=True)
class InLine:
    """A ticket as whoever holds it sees it; `minutes` is None when we do not know."""

    number: int
    kind: TicketKind
    state: TicketState
    place: int | None
    taken_utc: datetime
    ahead: int
    minutes: int | None

    @property
    def is_in_line(self) -> bool:
        """Whether others are before them: not who was called, nor who has an appointment."""
        return self.state is TicketState.WAITING and self.kind is TicketKind.WALK_IN


@dataclass(frozen=True, slots=True)
class Asked:
    """A number on the screen, and where it is asked to go."""

    number: int
    place: int | None
    is_room: bool


def see_ticket(session: Session, ticket_id: int, now: datetime) -> InLine:
    """Return where a ticket stands in the line, and how long it takes as far as we know."""
    ticket = session.get_one(Ticket, ticket_id)
    before = select(func.count()).where(
        Ticket.office_id == ticket.office_id,
        Ticket.day == ticket.day,
        *IN_LINE,
        Ticket.number < ticket.number,
    )
    ahead = session.scalars(before).one()
    served = _list_served(session, ticket.office_id, now)
    desks = _count_desks(session, ticket.office_id, now)
    return InLine(
        ticket.number,
        ticket.kind,
        ticket.state,
        ticket.place,
        ticket.taken_utc,
        ahead,
        estimate_wait(ahead, served, desks),
    )


def list_line(session: Session, office_id: int, now: datetime) -> tuple[Ticket, ...]:
    """Return today's tickets that are not over, those called first, then in order."""
    found = select(Ticket).where(
        Ticket.office_id == office_id,
        Ticket.day == to_oslo(now).date(),
        Ticket.state.in_(OPEN),
    )
    rows = session.scalars(found.order_by(Ticket.number).limit(MOST_SHOWN)).all()
    return tuple(sorted(rows, key=lambda one: (one.state is TicketState.WAITING, one.number)))


def list_asked(session: Session, office_id: int, now: datetime) -> tuple[Asked, ...]:
    """Return the numbers that are asked to come, the latest first."""
    found = (
        select(Ticket)
        .where(
            Ticket.office_id == office_id,
            Ticket.day == to_oslo(now).date(),
            Ticket.state.in_({TicketState.CALLED, TicketState.PRIVATE_ROOM}),
            Ticket.called_utc > now - SHOWN_FOR,
        )
        .order_by(Ticket.called_utc.desc(), Ticket.number.desc())
        .limit(MOST_ASKED)
    )
    return tuple(
        Asked(one.number, one.place, one.state is TicketState.PRIVATE_ROOM)
        for one in session.scalars(found)
    )


def _list_served(session: Session, office_id: int, now: datetime) -> list[timedelta]:
    """Return how long the last ones took at this office, from the call until it was done.

    Meetings are no measure: they are as long as they were planned.
    """
    found = (
        select(Ticket.called_utc, Ticket.ended_utc)
        .where(
            Ticket.office_id == office_id,
            Ticket.state == TicketState.DONE,
            Ticket.kind == TicketKind.WALK_IN,
            Ticket.ended_utc > now - RECENT,
            Ticket.ended_utc <= now,
        )
        .order_by(Ticket.ended_utc.desc(), Ticket.id.desc())
        .limit(LAST_SERVED)
    )
    return [ended - called for called, ended in session.execute(found) if called and ended]


def _count_desks(session: Session, office_id: int, now: datetime) -> int:
    """Return how many desks are at work on the line."""
    recently = Ticket.called_utc > now - AT_WORK, Ticket.called_utc <= now
    found = select(func.count(Ticket.place.distinct())).where(
        Ticket.office_id == office_id,
        Ticket.day == to_oslo(now).date(),
        Ticket.kind == TicketKind.WALK_IN,
        Ticket.state != TicketState.PRIVATE_ROOM,
        *recently,
    )
    return session.scalars(found).one()
