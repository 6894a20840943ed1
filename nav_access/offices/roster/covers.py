"""Asking another office to answer for a line, and that office's own yes or no.

Nothing counts before the asked office has said yes and named the line that answers. Both offices
may end it; whoever is left sees the gap at once.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from nav_access.offices.holding import hold_office
from nav_access.offices.models import DutyCover, DutyLine
from nav_access.offices.roster.codes import CoverState
from nav_access.offices.roster.errors import CoverAnswered, NotOnRoster
from nav_access.offices.roster.service import (
    Editor,
    changes_one,
    find_line,
    note,
    take_roster,
)

OPEN = (CoverState.ASKED, CoverState.ACCEPTED)


def ask_cover(
    session: Session,
    editor: Editor,
    line_id: int,
    office_id: int,
    period: tuple[date, date],
    *,
    now: datetime,
) -> None:
    """Ask an office to answer for a line from one date to another, both included.

    The same question that is still open is not asked twice. Raises NotOnRoster for another
    office's line or for asking oneself, AlreadyDone, RosterChanged.
    """
    line = find_line(session, editor.office_id, line_id)
    if office_id == editor.office_id or not hold_office(session, office_id):
        raise NotOnRoster
    take_roster(session, editor)
    first, last = period
    asked = [(c.office_id, c.first_date, c.last_date) for c in line.covers if c.state in OPEN]
    if (office_id, first, last) not in asked:
        state = CoverState.ASKED
        line.covers.append(
            DutyCover(office_id=office_id, first_date=first, last_date=last, state=state)
        )
    note(session, editor, "cover_asked", now, line=line.id, of=office_id)


def end_cover(session: Session, editor: Editor, cover_id: int, *, now: datetime) -> None:
    """Take a question back, or need the other office no more; raises as `ask_cover`."""
    cover = _find(session, cover_id)
    if cover.line.office_id != editor.office_id:
        raise NotOnRoster
    take_roster(session, editor)
    _move(session, cover_id, OPEN, CoverState.ENDED)
    note(session, editor, "cover_ended", now, cover=cover_id)


def accept_cover(
    session: Session, editor: Editor, cover_id: int, by_line_id: int, *, now: datetime
) -> None:
    """Say yes as the asked office, and which of its lines answers.

    Raises NotOnRoster when another office was asked, CoverAnswered when it is no longer open.
    """
    _find_asked(session, editor, cover_id)
    line = find_line(session, editor.office_id, by_line_id)
    if not hold_office(session, editor.office_id):
        raise NotOnRoster
    _move(session, cover_id, (CoverState.ASKED,), CoverState.ACCEPTED, by_line_id=line.id)
    note(session, editor, "cover_accepted", now, cover=cover_id, line=line.id)


def decline_cover(session: Session, editor: Editor, cover_id: int, *, now: datetime) -> None:
    """Say no as the asked office, also after a yes; raises as `accept_cover`."""
    _find_asked(session, editor, cover_id)
    _move(session, cover_id, OPEN, CoverState.DECLINED)
    note(session, editor, "cover_declined", now, cover=cover_id)


def list_asked_of(session: Session, office_id: int, today: date) -> list[DutyCover]:
    """Return what an office is asked to cover, or has said yes to, and is not over."""
    wanted = (
        select(DutyCover)
        .join(DutyLine, DutyLine.id == DutyCover.line_id)
        .where(DutyCover.office_id == office_id, DutyCover.last_date >= today)
        .where(DutyCover.state.in_(OPEN))
        .order_by(DutyCover.first_date, DutyCover.id)
    )
    return list(session.scalars(wanted))


def count_unanswered(session: Session, office_ids: Collection[int], today: date) -> int:
    """Count the questions of cover to these offices that nobody has answered, and are not over."""
    asked = DutyCover.office_id.in_(office_ids), DutyCover.state == CoverState.ASKED
    wanted = select(func.count(DutyCover.id)).where(*asked, DutyCover.last_date >= today)
    return session.scalar(wanted) or 0 if office_ids else 0


def _find(session: Session, cover_id: int) -> DutyCover:
    cover = session.get(DutyCover, cover_id)
    if cover is None:
        raise NotOnRoster
    return cover


def _find_asked(session: Session, editor: Editor, cover_id: int) -> DutyCover:
    cover = _find(session, cover_id)
    if cover.office_id != editor.office_id:
        raise NotOnRoster
    return cover


def _move(
    session: Session,
    cover_id: int,
    before: tuple[CoverState, ...],
    state: CoverState,
    **values: int,
) -> None:
    """Take the one step from an open state; raises CoverAnswered when somebody was first."""
    is_open = DutyCover.id == cover_id, DutyCover.state.in_(before)
    if not changes_one(session, update(DutyCover).where(*is_open).values(state=state, **values)):
        raise CoverAnswered
