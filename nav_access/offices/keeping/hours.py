"""An office writes the hours of one weekday or one date of a reception, or takes the register's."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from nav_access.offices.codes import OpeningKind
from nav_access.offices.keeping.editing import Editor, claim, has_register, note, read_office
from nav_access.offices.keeping.errors import DayMakesNoSense, NotOfThisOffice
from nav_access.offices.keeping.hearing import day_of
from nav_access.offices.keeping.models import KeptDay
from nav_access.offices.keeping.told import opening_of, read_lines, record_of, write_lines
from nav_access.offices.models import Office, Reception
from nav_access.offices.records import Day, IntervalRecord
from nav_access.offices.spans import MINUTES_A_DAY


def set_days(
    session: Session,
    editor: Editor,
    reception_id: int,
    days: Sequence[Day],
    lines: Sequence[IntervalRecord],
    *,
    now: datetime,
) -> bool:
    """Write the same lines for some days of a reception; say whether anything changed.

    The day of each line is not looked at. No lines means closed on a weekday, and on a date
    that it is a weekday like others. Raises DayMakesNoSense, NotOfThisOffice, OfficeChanged.
    """
    check_lines(lines)
    wanted = {day: tuple(_on(line, day) for line in lines) for day in days}
    reception = _reception(read_office(session, editor.office_id), reception_id)
    if all(write_lines(_lines(reception, day)) == write_lines(wanted[day]) for day in wanted):
        return False
    office = claim(session, editor)
    reception = _reception(office, reception_id)
    for day, own in wanted.items():
        _keep(session, office, reception, day, own)
        _write(session, reception, day, own)
    note(session, editor, "hours_written", now, {"reception": reception_id, "days": len(wanted)})
    return True


def take_register_day(
    session: Session, editor: Editor, reception_id: int, day: Day, *, now: datetime
) -> bool:
    """Let a day be what the register says again; say whether anything changed."""
    kept = find_kept_day(session, reception_id, day)
    _reception(read_office(session, editor.office_id), reception_id)
    if kept is None:
        return False
    reception = _reception(claim(session, editor), reception_id)
    _write(session, reception, day, read_lines(kept.told, day))
    session.delete(kept)
    note(session, editor, "hours_from_register", now, {"reception": reception_id})
    return True


def check_lines(lines: Sequence[IntervalRecord]) -> None:
    """Raise DayMakesNoSense for a day that is closed and not, or a line without usable times."""
    is_closed = any(line.kind is OpeningKind.CLOSED for line in lines)
    if is_closed and len(lines) > 1:
        raise DayMakesNoSense
    for line in lines:
        times = line.opens_minute, line.closes_minute
        has_times = None not in times
        if line.kind is OpeningKind.CLOSED:
            is_good = times == (None, None)
        elif line.kind is OpeningKind.APPOINTMENT_ONLY and times == (None, None):
            is_good = True
        else:
            is_good = has_times and 0 <= (times[0] or 0) < (times[1] or 0) <= MINUTES_A_DAY
        if not is_good:
            raise DayMakesNoSense


def find_kept_day(session: Session, reception_id: int, day: Day) -> KeptDay | None:
    """Return what is noted of a day the office wrote, None for the register's."""
    of_day = select(KeptDay).where(KeptDay.reception_id == reception_id, _is(day))
    return session.scalars(of_day).one_or_none()


def list_kept_days(session: Session, office_id: int) -> dict[tuple[int, Day], KeptDay]:
    """Return the days an office wrote, by reception and day."""
    found = select(KeptDay).join(Reception, Reception.id == KeptDay.reception_id)
    rows = session.scalars(found.where(Reception.office_id == office_id))
    return {(row.reception_id, day_of(row)): row for row in rows}


def _keep(
    session: Session,
    office: Office,
    reception: Reception,
    day: Day,
    own: Sequence[IntervalRecord],
) -> None:
    """Note what the register says of the day, unless it says what the office writes."""
    kept = find_kept_day(session, reception.id, day)
    heard = _lines(reception, day) if has_register(office) else ()
    told = write_lines(heard) if kept is None else kept.told
    if told == write_lines(own):
        if kept is not None:
            session.delete(kept)
    elif kept is None:
        weekday, on_date = _parts(day)
        session.add(KeptDay(reception_id=reception.id, weekday=weekday, on_date=on_date, told=told))


def _write(session: Session, reception: Reception, day: Day, own: Sequence[IntervalRecord]) -> None:
    for opening in [one for one in reception.openings if record_of(one).day == day]:
        reception.openings.remove(opening)
    session.flush()
    reception.openings.extend(opening_of(line) for line in own)


def _lines(reception: Reception, day: Day) -> list[IntervalRecord]:
    lines = (record_of(opening) for opening in reception.openings)
    return [line for line in lines if line.day == day]


def _on(line: IntervalRecord, day: Day) -> IntervalRecord:
    weekday, on_date = _parts(day)
    return IntervalRecord(
        weekday, on_date, line.kind, line.opens_minute, line.closes_minute, line.comment
    )


def _parts(day: Day) -> tuple[int | None, date | None]:
    return (day, None) if isinstance(day, int) else (None, day)


def _is(day: Day) -> ColumnElement[bool]:
    return KeptDay.weekday == day if isinstance(day, int) else KeptDay.on_date == day


def _reception(office: Office, reception_id: int) -> Reception:
    found = next((one for one in office.receptions if one.id == reception_id), None)
    if found is None:
        raise NotOfThisOffice
    return found
