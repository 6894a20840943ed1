"""What imports do to municipalities and postcodes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.changes import Changes, finish
from nav_access.offices.models import Municipality, Postcode
from nav_access.offices.municipality_names import MunicipalityNames
from nav_access.offices.names import fold_name
from nav_access.offices.records import ImportReport, Note, NoteCode, PostcodeRecord


def import_municipalities(
    session: Session, records: Iterable[PostcodeRecord], *, is_check: bool = False
) -> ImportReport:
    """Bring municipalities in line with a whole postal register."""
    changes = Changes(session)
    known = {row.number: row for row in session.scalars(select(Municipality))}
    names = MunicipalityNames(changes)
    for number, name in {r.municipality_number: r.municipality_name for r in records}.items():
        row = known.get(number) or Municipality(number=number)
        if number not in known:
            changes.add(row)
        changes.put(row, {"name": name, "search_name": fold_name(name)})
        if "(" in name:
            names.add(number, name.partition("(")[0].strip())
    return finish(session, changes, ImportReport(), is_check=is_check)


def import_postcodes(
    session: Session, records: Sequence[PostcodeRecord], *, is_check: bool = False
) -> ImportReport:
    """Bring some postcodes in line with the register; their municipalities are there."""
    report = ImportReport(read=len(records))
    total = Changes(session)
    codes = [record.code for record in records]
    stored = session.scalars(select(Postcode).where(Postcode.code.in_(codes)))
    known = {row.code: row for row in stored}
    for record in records:
        changes = Changes(session)
        row = known.get(record.code) or Postcode(code=record.code)
        if record.code not in known:
            changes.add(row)
        changes.put(row, _postcode_values(record))
        report.created += record.code not in known
        report.changed += bool(changes.rows) and record.code in known
        report.unchanged += not changes.rows
        total.rows += changes.rows
    return finish(session, total, report, is_check=is_check)


def mark_withdrawn(
    session: Session, codes: Collection[str], *, today: date, is_check: bool = False
) -> ImportReport:
    """Mark postcodes that a new register no longer has; people who type them still get help.

    A register with fewer than half the postcodes we know is taken for a part of one.
    """
    stored = session.scalars(select(Postcode).where(Postcode.withdrawn_on.is_(None))).all()
    changes, report = Changes(session), ImportReport()
    if len(codes) * 2 < len(stored):
        report.notes.append(Note(NoteCode.SHORT_REGISTER, str(len(codes)), str(len(stored))))
        return report
    for row in stored:
        if row.code not in codes:
            changes.put(row, {"withdrawn_on": today})
    return finish(session, changes, report, is_check=is_check)


def _postcode_values(record: PostcodeRecord) -> dict[str, object]:
    return {
        "place": record.place,
        "search_place": fold_name(record.place),
        "municipality_number": record.municipality_number,
        "category": record.category,
        "withdrawn_on": None,
    }
