"""What a manager does with the roster of an office: shifts, absences, single dates.

Every change raises the roster's version in one conditional UPDATE, is audited, and tells the
caches: promises and «answered now» follow. Whoever calls has seen that the actor may do it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nav_access.core.orm import table_of
from nav_access.offices.models import DutyLine, DutyShift, OfficeRoster
from nav_access.offices.noting import note_change
from nav_access.offices.roster.codes import ShiftKind
from nav_access.offices.roster.errors import AlreadyDone, NotOnRoster, RosterChanged
from nav_access.offices.roster.queries import get_shift
from nav_access.offices.roster.rules import WHOLE_DAY, Shift
from nav_access.offices.timetables import shift_of

FARTHEST = timedelta(days=731)
"""A later or an earlier date is a year mistyped."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes an office's roster: the version they saw, and the name of the form they sent."""

    office_id: int
    actor: str
    seen: int
    submission: bytes


def add_shifts(
    session: Session, editor: Editor, line_id: int, shifts: Iterable[Shift], *, now: datetime
) -> None:
    """Put shifts on a line; one that is there already is not put there twice.

    Raises NotOnRoster, AlreadyDone or RosterChanged.
    """
    line = find_line(session, editor.office_id, line_id)
    take_roster(session, editor)
    there = {shift_of(row) for row in line.shifts}
    for shift in shifts:
        if shift not in there:
            line.shifts.append(DutyShift(**_columns(shift)))
    note(session, editor, "shift_added", now, line=line.id)


def change_shift(
    session: Session, editor: Editor, shift_id: int, shift: Shift, *, now: datetime
) -> None:
    """Make one row of the roster another; raises as `add_shifts`."""
    take_roster(session, editor)
    row = get_shift(session, editor.office_id, shift_id)
    for name, value in _columns(shift).items():
        setattr(row, name, value)
    note(session, editor, "shift_changed", now, line=row.line_id, shift=row.id)


def remove_shift(session: Session, editor: Editor, shift_id: int, *, now: datetime) -> None:
    """Take a row of the roster away; raises as `add_shifts`.

    Whose turn it is comes first: the same form again is done already, though its row is gone.
    """
    take_roster(session, editor)
    row = get_shift(session, editor.office_id, shift_id)
    session.delete(row)
    note(session, editor, "shift_removed", now, line=row.line_id, shift=row.id)


def may_be_planned(first: date, last: date | None, today: date) -> bool:
    """Say whether a period can be planned: in order, and not years away."""
    ends = last or first
    return today - FARTHEST <= first <= ends <= today + FARTHEST


def find_line(session: Session, office_id: int, line_id: int) -> DutyLine:
    """Return a line of an office; raises NotOnRoster."""
    mine = DutyLine.id == line_id, DutyLine.office_id == office_id
    line = session.scalars(select(DutyLine).where(*mine)).one_or_none()
    if line is None:
        raise NotOnRoster
    return line


def take_roster(session: Session, editor: Editor) -> None:
    """Raise the version the editor saw; raises AlreadyDone, or RosterChanged."""
    values = {"version": editor.seen + 1, "submission": editor.submission}
    if not _is_taken(session, editor, values):
        mine = OfficeRoster.office_id == editor.office_id
        last = session.scalar(select(OfficeRoster.submission).where(mine))
        raise AlreadyDone if last == editor.submission else RosterChanged


def note(
    session: Session, editor: Editor, what: str, now: datetime, **detail: int | str | bool
) -> None:
    """Audit a change and tell the caches of it."""
    note_change(session, editor.office_id, f"roster.{what}", editor.actor, now, detail)


def changes_one(session: Session, statement: Any) -> bool:
    """Run an UPDATE and say whether it changed the one row it names."""
    run = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", session.execute(run)).rowcount == 1


def _is_taken(session: Session, editor: Editor, values: dict[str, Any]) -> bool:
    if editor.seen:
        mine = OfficeRoster.office_id == editor.office_id, OfficeRoster.version == editor.seen
        return changes_one(session, update(OfficeRoster).where(*mine).values(**values))
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    make = sqlite.insert if is_sqlite else postgresql.insert
    table = table_of(OfficeRoster)
    first = make(table).values(office_id=editor.office_id, **values).on_conflict_do_nothing()
    return session.execute(first.returning(table.c.office_id)).first() is not None


def _columns(shift: Shift) -> dict[str, Any]:
    is_whole = shift.kind is ShiftKind.ABSENT and shift.interval == WHOLE_DAY
    return {
        "kind": shift.kind,
        "weekday": shift.weekday,
        "first_date": shift.first,
        "last_date": shift.last,
        "starts_minute": None if is_whole else shift.interval.opens,
        "ends_minute": None if is_whole else shift.interval.closes,
        "covers_holidays": shift.covers_holidays,
        "on_duty": shift.on_duty,
    }
