"""The line of one office today: taking a number, calling the next, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.core.orm import insert_unless_taken
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NobodyWaits, TicketChanged
from nav_access.kiosk.models import Ticket, TicketDay
from nav_access.kiosk.rules import MAY_FOLLOW, OPEN, estimate_wait

MOST_SHOWN = 200
RECENT = timedelta(days=7)
LAST_SERVED = 20
"""How many of the last ones tell how long the next take."""
AT_WORK = timedelta(minutes=30)
"""A desk that called somebody within this time is at work."""
SHOWN_FOR = timedelta(minutes=15)
"""How long a called number stands on the screen of the waiting room."""


@dataclass(frozen=True, slots=True)
class InLine:
    """A ticket as whoever holds it sees it; `minutes` is None when we do not know."""

    number: int
    state: TicketState
    ahead: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A number on the screen, and where it is asked to go."""

    number: int
    place: int | None
    is_room: bool


def take_ticket(
    session: Session, office_id: int, kind: TicketKind, *, once: bytes, now: datetime
) -> int:
    """Take the next number and return the ticket's id; the same form gives the same ticket."""
    found = session.scalar(select(Ticket.id).where(Ticket.asked_once == once))
    if found is not None:
        return found
    day = to_oslo(now).date()
    values = {
        "office_id": office_id,
        "day": day,
        "number": _next_number(session, office_id, day),
        "kind": kind,
        "state": TicketState.WAITING,
        "version": 1,
        "asked_once": once,
        "taken_utc": now,
    }
    made = insert_unless_taken(session, Ticket, values)
    # Somebody pressed twice at once: the number this one had is nobody's.
    return made or session.scalars(select(Ticket.id).where(Ticket.asked_once == once)).one()


def _next_number(session: Session, office_id: int, day: date) -> int:
    """Raise the day's last number by one statement: two at once get different ones."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    values = {"office_id": office_id, "day": day, "last_number": 1}
    return session.execute(
        insert(TicketDay)
        .values(values)
        .on_conflict_do_update(
            index_elements=[TicketDay.office_id, TicketDay.day],
            set_={"last_number": TicketDay.last_number + 1},
        )
        .returning(TicketDay.last_number)
    ).scalar_one()


def see_ticket(session: Session, ticket_id: int, now: datetime) -> InLine:
    """Return where a ticket stands in the line, and how long it takes as far as we know."""
    ticket = session.get_one(Ticket, ticket_id)
    before = select(func.count()).where(
        Ticket.office_id == ticket.office_id,
        Ticket.day == ticket.day,
        Ticket.state == TicketState.WAITING,
        Ticket.number < ticket.number,
    )
    ahead = session.scalars(before).one()
    served = _list_served(session, ticket.office_id, now)
    desks = _count_desks(session, ticket.office_id, now)
    return InLine(ticket.number, ticket.state, ahead, estimate_wait(ahead, served, desks))


def call_next(session: Session, office_id: int, place: int, *, once: bytes, now: datetime) -> int:
    """Call whoever has waited longest to a desk and return the ticket's id; raises NobodyWaits.

    The ticket is taken by one conditional UPDATE, so that of two desks each gets another; the
    same form sent again calls nobody else.
    """
    called = session.scalar(select(Ticket.id).where(Ticket.called_once == once))
    day = to_oslo(now).date()
    while called is None:
        first = _first_waiting(session, office_id, day)
        if first is None:
            raise NobodyWaits
        values = {"place": place, "called_once": once, "called_utc": now}
        waits = Ticket.id == first, Ticket.state == TicketState.WAITING
        called = _move(session, waits, TicketState.CALLED, values)
    return called


def _first_waiting(session: Session, office_id: int, day: date) -> int | None:
    return session.scalar(
        select(Ticket.id)
        .where(
            Ticket.office_id == office_id,
            Ticket.day == day,
            Ticket.state == TicketState.WAITING,
        )
        .order_by(Ticket.number)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a desk wants of a ticket: the version it saw, where it shall stand, and where to go."""

    ticket_id: int
    seen: int
    state: TicketState
    place: int | None = None


def move(session: Session, office_id: int, step: Step, *, now: datetime) -> None:
    """Do what a desk asks with one ticket of its office; raises TicketChanged.

    Sent twice, the second finds it done: a ticket that stands as asked, one version on, is fine.
    """
    own = Ticket.id == step.ticket_id, Ticket.office_id == office_id
    may = Ticket.version == step.seen, Ticket.state.in_(MAY_FOLLOW[step.state])
    if _move(session, (*own, *may), step.state, _values(step, now)) is not None:
        return
    is_done = Ticket.version == step.seen + 1, Ticket.state == step.state
    if session.scalar(select(Ticket.id).where(*own, *is_done)) is None:
        raise TicketChanged


def _values(step: Step, now: datetime) -> dict[str, object]:
    if step.state in (TicketState.DONE, TicketState.GONE):
        return {"ended_utc": now}
    if step.state is TicketState.PARKED:
        return {}
    place = {} if step.place is None else {"place": step.place}
    return {"called_utc": now, "ended_utc": None, **place}


def _move(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    state: TicketState,
    values: dict[str, object],
) -> int | None:
    """Move one ticket and return its id, None when it is not as it must be."""
    return session.execute(
        update(Ticket)
        .where(*where)
        .values(state=state, version=Ticket.version + 1, **values)
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    ).scalar()


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
        .limit(8)
    )
    return tuple(
        Asked(one.number, one.place, one.state is TicketState.PRIVATE_ROOM)
        for one in session.scalars(found)
    )


def _list_served(session: Session, office_id: int, now: datetime) -> list[timedelta]:
    """Return how long the last ones took at this office, from the call until it was done."""
    found = (
        select(Ticket.called_utc, Ticket.ended_utc)
        .where(
            Ticket.office_id == office_id,
            Ticket.state == TicketState.DONE,
            Ticket.ended_utc > now - RECENT,
            Ticket.ended_utc <= now,
        )
        .order_by(Ticket.ended_utc.desc(), Ticket.id.desc())
        .limit(LAST_SERVED)
    )
    return [ended - called for called, ended in session.execute(found) if called and ended]


def _count_desks(session: Session, office_id: int, now: datetime) -> int:
    """Return how many desks are at work."""
    recently = Ticket.called_utc > now - AT_WORK, Ticket.called_utc <= now
    found = select(func.count(Ticket.place.distinct())).where(
        Ticket.office_id == office_id, Ticket.day == to_oslo(now).date(), *recently
    )
    return session.scalars(found).one()
