"""The line of one office today: taking a number, calling the next, and what becomes of it.

Who has an appointment gets a number too, but stands in no line: they are called at its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from nav_access.core.clock import to_oslo
from nav_access.core.orm import insert_unless_taken
from nav_access.core.patience import wait_in_line
from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NobodyWaits, TicketChanged
from nav_access.kiosk.models import Ticket, TicketDay
from nav_access.kiosk.queries import IN_LINE
from nav_access.kiosk.rules import MAY_FOLLOW, MAY_FOLLOW_FOR_MEETING


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


def call_next(session: Session, office_id: int, place: int, *, once: bytes, now: datetime) -> int:
    """Call whoever has waited longest to a desk and return the ticket's id; raises NobodyWaits.

    The ticket is taken by one conditional UPDATE, so that of two desks each gets another; the
    same form sent again, in the same instant too, calls nobody else.
    """
    wait_in_line(session)
    day = to_oslo(now).date()
    while (called := _find_called(session, once)) is None:
        first = _find_first(session, office_id, day)
        if first is None and _find_called(session, once) is None:
            raise NobodyWaits
        values = {"place": place, "called_once": once, "called_utc": now}
        waits = Ticket.id == first, Ticket.state == TicketState.WAITING, ~_was_sent(once)
        _move(session, waits, TicketState.CALLED, values)
    return called


def _find_called(session: Session, once: bytes) -> int | None:
    return session.scalar(select(Ticket.id).where(Ticket.called_once == once))


def _was_sent(once: bytes) -> ColumnElement[bool]:
    other = aliased(Ticket)
    return exists().where(other.called_once == once)


def _find_first(session: Session, office_id: int, day: date) -> int | None:
    return session.scalar(
        select(Ticket.id)
        .where(Ticket.office_id == office_id, Ticket.day == day, *IN_LINE)
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
    may = Ticket.version == step.seen, _may_come_to(step.state)
    if _move(session, (*own, *may), step.state, _values(step, now)) is not None:
        return
    is_done = Ticket.version == step.seen + 1, Ticket.state == step.state
    if session.scalar(select(Ticket.id).where(*own, *is_done)) is None:
        raise TicketChanged


def _may_come_to(state: TicketState) -> ColumnElement[bool]:
    return or_(
        Ticket.state.in_(MAY_FOLLOW[state]),
        and_(
            Ticket.kind == TicketKind.MEETING,
            Ticket.state.in_(MAY_FOLLOW_FOR_MEETING[state]),
        ),
    )


_DESK = case((Ticket.state == TicketState.PRIVATE_ROOM, null()), else_=Ticket.place)
"""Where they were, unless that is a room: a room that is free again is no desk at work."""


def _values(step: Step, now: datetime) -> dict[str, object]:
    if step.state in (TicketState.DONE, TicketState.GONE):
        return {"ended_utc": now, "place": _DESK}
    if step.state is TicketState.PARKED:
        return {"place": _DESK}
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
