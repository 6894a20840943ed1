"""Rosters for the sample's made-up offices: shifts, a day nobody answers, cover asked and given."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.changes import bump_data_version
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.lenient import read_minute, read_phone
from nav_access.offices.models import DutyCover, DutyLine, DutyShift, Office
from nav_access.offices.roster.codes import CoverState, ShiftKind
from nav_access.offices.service import SAMPLE

_SHIFT = re.compile(
    r"^(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<starts>[\d:]+)-(?P<ends>[\d:]+)"
    r"(?: (?P<on_duty>.+))?$"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SATURDAY = 5
BEGAN = date(2024, 1, 1)


def load_sample_rosters(session: Session, *, today: date) -> int:
    """Give the sample's lines shifts where no line has any; return how many lines got some."""
    sample = tomllib.loads((files(__package__) / "sample.toml").read_text(encoding="utf-8"))
    if session.scalar(select(DutyShift.id).limit(1)) is not None:
        return 0
    lines = {line.phone: line for line in _list_sample_lines(session)}
    count = 0
    for told in sample["lines"]:
        line = lines.get(read_phone(told["phone"]) or "")
        if line is not None:
            line.shifts.extend(_shifts(told, today))
            count += 1
    for told in sample["covers"]:
        _ask(session, told, lines)
    if count:
        session.flush()
        bump_data_version(session)
    return count


def _list_sample_lines(session: Session) -> list[DutyLine]:
    wanted = select(DutyLine).join(DutyLine.office).where(Office.source == SAMPLE)
    return list(session.scalars(wanted))


def _shifts(told: Any, today: date) -> Iterator[DutyShift]:
    for text in told["weekly"]:
        found = _SHIFT.match(text)
        if found is None:
            raise ValueError(f"not a shift: {text}")
        first = _WEEKDAYS.index(found["first"])
        for weekday in range(first, _WEEKDAYS.index(found["last"] or found["first"]) + 1):
            yield DutyShift(
                kind=ShiftKind.WEEKLY,
                weekday=weekday,
                first_date=BEGAN,
                starts_minute=read_minute(found["starts"]),
                ends_minute=read_minute(found["ends"]),
                on_duty=found["on_duty"],
            )
    if "absent_in_days" in told:
        day = _working_day(today + timedelta(days=told["absent_in_days"]))
        yield DutyShift(kind=ShiftKind.ABSENT, first_date=day, last_date=day)


def _ask(session: Session, told: Any, lines: dict[str, DutyLine]) -> None:
    line, by_line = (lines.get(read_phone(told.get(key)) or "") for key in ("phone", "by"))
    office_id = session.scalar(select(Office.id).where(Office.number == told["of"]))
    absent = [row for row in line.shifts if row.kind is ShiftKind.ABSENT] if line else []
    if line is None or office_id is None or not absent:
        return
    line.covers.append(
        DutyCover(
            office_id=office_id,
            by_line_id=by_line.id if by_line else None,
            first_date=absent[0].first_date,
            last_date=absent[0].first_date,
            state=CoverState.ACCEPTED if by_line else CoverState.ASKED,
        )
    )


def _working_day(day: date) -> date:
    while day.weekday() >= _SATURDAY or holiday_on(day):
        day += timedelta(days=1)
    return day
