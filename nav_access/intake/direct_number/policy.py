"""An office's policy for direct numbers: read it, write it down, with a version and an audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import table_of
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.errors import (
    LineNotForPeople,
    PolicyChanged,
    PolicyIncomplete,
)
from nav_access.intake.direct_number.models import DirectNumberLine, DirectNumberPolicy
from nav_access.intake.direct_number.rules import PolicyLine, leaves_nobody_out
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine
from nav_access.offices.roster.errors import AlreadyDone
from nav_access.offices.roster.service import Editor, changes_one


@dataclass(frozen=True, slots=True)
class Policy:
    """An office's policy; version 0 is an office that has written none, and gives no numbers."""

    split: Split = Split.NOBODY
    lines: tuple[PolicyLine, ...] = ()
    version: int = 0


def get_policy(session: Session, office_id: int) -> Policy:
    """Return how an office gives direct numbers."""
    row = session.get(DirectNumberPolicy, office_id)
    if row is None:
        return Policy()
    of_office = DirectNumberLine.office_id == office_id
    found = session.scalars(select(DirectNumberLine).where(of_office).order_by(DirectNumberLine.id))
    return Policy(row.split, tuple(_line(one) for one in found), row.version)


def set_policy(
    session: Session, editor: Editor, split: Split, lines: Sequence[PolicyLine], *, now: datetime
) -> None:
    """Write down how an office gives numbers from now on; what was given stays.

    Raises LineNotForPeople, PolicyIncomplete, AlreadyDone or PolicyChanged.
    """
    if not {line.line_id for line in lines} <= _list_public(session, editor.office_id):
        raise LineNotForPeople
    if not leaves_nobody_out(split, lines):
        raise PolicyIncomplete
    _take(session, editor, split)
    of_office = DirectNumberLine.office_id == editor.office_id
    session.execute(delete(DirectNumberLine).where(of_office))
    session.add_all(_row(editor.office_id, line) for line in lines)
    session.flush()
    audit.record(
        session,
        now=now,
        actor=editor.actor,
        action="direct_number.policy_set",
        subject=f"office:{editor.office_id}",
        detail={"split": split, "lines": len(lines)},
    )


def _list_public(session: Session, office_id: int) -> set[int]:
    mine = DutyLine.office_id == office_id, DutyLine.audience == DutyAudience.PUBLIC
    return set(session.scalars(select(DutyLine.id).where(*mine)))


def _take(session: Session, editor: Editor, split: Split) -> None:
    values = {"split": split, "version": editor.seen + 1, "submission": editor.submission}
    mine = DirectNumberPolicy.office_id == editor.office_id
    if editor.seen:
        seen = DirectNumberPolicy.version == editor.seen
        is_taken = changes_one(
            session, update(DirectNumberPolicy).where(mine, seen).values(**values)
        )
    else:
        is_taken = _insert(session, {"office_id": editor.office_id, **values})
    if not is_taken:
        last = session.scalar(select(DirectNumberPolicy.submission).where(mine))
        raise AlreadyDone if last == editor.submission else PolicyChanged


def _insert(session: Session, values: dict[str, object]) -> bool:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    make = sqlite.insert if is_sqlite else postgresql.insert
    table = table_of(DirectNumberPolicy)
    first = make(table).values(**values).on_conflict_do_nothing()
    return session.execute(first.returning(table.c.office_id)).first() is not None


def _line(row: DirectNumberLine) -> PolicyLine:
    days = (row.first_day, row.last_day) if row.first_day and row.last_day else None
    return PolicyLine(row.line_id, frozenset(row.needs), days)


def _row(office_id: int, line: PolicyLine) -> DirectNumberLine:
    first, last = line.days or (None, None)
    needs = tuple(line.needs)
    return DirectNumberLine(
        office_id=office_id, line_id=line.line_id, needs=needs, first_day=first, last_day=last
    )
