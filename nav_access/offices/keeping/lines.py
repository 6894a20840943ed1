"""An office writes its duty lines, takes one away, or takes the register's of a number."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping.editing import Editor, claim, note, read_office
from nav_access.offices.keeping.errors import NotOfThisOffice, NumberTaken
from nav_access.offices.keeping.models import KeptLine
from nav_access.offices.keeping.told import read_line, write_line
from nav_access.offices.models import DutyLine, Office
from nav_access.offices.records import DutyRecord


@dataclass(frozen=True, slots=True)
class LineDetails:
    """A duty line as its office describes it; when it is staffed is the roster's."""

    phone: str
    audience: DutyAudience
    topic: str | None = None
    split: str | None = None
    after_hours_phone: str | None = None
    after_hours_note: str | None = None
    covers_holidays: bool = False


def details_of(line: DutyLine) -> LineDetails:
    """Return how a stored line is described."""
    return LineDetails(**{name: getattr(line, name) for name in LineDetails.__slots__})


def save_line(
    session: Session, editor: Editor, line_id: int | None, details: LineDetails, *, now: datetime
) -> bool:
    """Write a line, a new one without an id; say whether anything changed.

    Raises NumberTaken when another line of the office has the number, NotOfThisOffice, or
    OfficeChanged. A line of the register that is changed becomes the office's own.
    """
    office = read_office(session, editor.office_id)
    if line_id is None and any(details_of(line) == details for line in office.duty_lines):
        return False
    if line_id is not None and details_of(find_line(office, line_id)) == details:
        return False
    if any(line.phone == details.phone and line.id != line_id for line in office.duty_lines):
        raise NumberTaken
    office = claim(session, editor)
    line = _add(office) if line_id is None else find_line(office, line_id)
    if line.is_imported:
        _keep(session, line)
    for name, value in asdict(details).items():
        setattr(line, name, value)
    line.is_imported = False
    session.flush()
    note(session, editor, "line_added" if line_id is None else "line_changed", now)
    return True


def remove_line(session: Session, editor: Editor, line_id: int, *, now: datetime) -> bool:
    """Take a line away, its shifts with it; False when it is gone already."""
    there = [line.id for line in read_office(session, editor.office_id).duty_lines]
    if line_id not in there:
        if session.get(DutyLine, line_id) is not None:
            raise NotOfThisOffice
        return False
    office = claim(session, editor)
    line = find_line(office, line_id)
    if line.is_imported:
        _keep(session, line)
    office.duty_lines.remove(line)
    note(session, editor, "line_removed", now, {"line": line_id})
    return True


def take_register_line(session: Session, editor: Editor, phone: str, *, now: datetime) -> bool:
    """Let a number be what the register says of it again; say whether anything changed."""
    of_phone = KeptLine.office_id == editor.office_id, KeptLine.phone == phone
    kept = session.scalars(select(KeptLine).where(*of_phone)).one_or_none()
    if kept is None or kept.told is None:
        return False
    office, told = claim(session, editor), read_line(kept.told)
    line = next((one for one in office.duty_lines if one.phone == phone), None) or _add(office)
    for name in ("phone", "topic", "audience", "split", "after_hours_phone", "after_hours_note"):
        setattr(line, name, getattr(told, name))
    line.is_imported = True
    session.delete(kept)
    note(session, editor, "line_from_register", now)
    return True


def list_kept_lines(session: Session, office_id: int) -> dict[str, DutyRecord]:
    """Return what the register says of the numbers an office changed or took away."""
    found = select(KeptLine).where(KeptLine.office_id == office_id).order_by(KeptLine.phone)
    return {row.phone: read_line(row.told) for row in session.scalars(found) if row.told}


def find_line(office: Office, line_id: int) -> DutyLine:
    """Return a line of an office; raises NotOfThisOffice."""
    found = next((line for line in office.duty_lines if line.id == line_id), None)
    if found is None:
        raise NotOfThisOffice
    return found


def _add(office: Office) -> DutyLine:
    last = max((line.position for line in office.duty_lines), default=-1)
    line = DutyLine(position=last + 1, intervals=[], is_imported=False)
    office.duty_lines.append(line)
    return line


def _keep(session: Session, line: DutyLine) -> None:
    """Note what the register says of a number before the office writes something else."""
    record = DutyRecord(
        phone=line.phone,
        topic=line.topic,
        audience=line.audience,
        split=line.split,
        after_hours_phone=line.after_hours_phone,
        after_hours_note=line.after_hours_note,
    )
    session.add(KeptLine(office_id=line.office_id, phone=line.phone, told=write_line(record)))
