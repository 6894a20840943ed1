"""What imports do to places: municipalities, postcodes, service areas and forest addresses."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.area_mapping import MunicipalityFinder, name_parts
from nav_access.offices.changes import Changes, bump_data_version
from nav_access.offices.models import (
    Municipality,
    MunicipalityName,
    Office,
    OfficeArea,
    Postcode,
    StreetArea,
)
from nav_access.offices.names import fold_name
from nav_access.offices.records import (
    AreaRecord,
    ImportReport,
    Note,
    NoteCode,
    PostcodeRecord,
    StreetRecord,
)

_Key = tuple[str, str, str]


def import_municipalities(
    session: Session, records: Iterable[PostcodeRecord], *, is_check: bool = False
) -> ImportReport:
    """Bring municipalities in line with a whole postal register."""
    changes = Changes(session)
    known = {row.number: row for row in session.scalars(select(Municipality))}
    names = _known_names(session)
    for number, name in {r.municipality_number: r.municipality_name for r in records}.items():
        row = known.get(number) or Municipality(number=number)
        if number not in known:
            changes.add(row)
        changes.put(row, {"name": name, "search_name": fold_name(name)})
        if "(" in name:
            _add_name(changes, names, number, name.partition("(")[0].strip())
    return _finish(session, changes, ImportReport(), is_check)


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
    return _finish(session, total, report, is_check)


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
    return _finish(session, changes, report, is_check)


def import_areas(
    session: Session, records: Sequence[AreaRecord], *, source: str, is_check: bool = False
) -> ImportReport:
    """Replace the service areas of a source, in today's municipalities; keep names they bring."""
    report = ImportReport(read=len(records))
    changes = Changes(session)
    wanted = _map_areas(session, changes, records, report)
    stored = session.scalars(select(OfficeArea).where(OfficeArea.source == source))
    known = {(a.office_number, a.municipality_number, a.district): a for a in stored}
    for key in wanted.keys() - known.keys():
        changes.add(_area_of(key, source))
    for key in known.keys() - wanted.keys():
        changes.drop(known[key])
    report.created, report.unchanged = len(wanted.keys() - known), len(wanted.keys() & known)
    _note_unread(session, wanted, report)
    return _finish(session, changes, report, is_check)


def import_streets(
    session: Session, records: Sequence[StreetRecord], *, is_check: bool = False
) -> ImportReport:
    """Replace the forest addresses."""
    report = ImportReport(read=len(records))
    changes = Changes(session)
    stored = {_street_of(row): row for row in session.scalars(select(StreetArea))}
    wanted = set(records)
    for record in sorted(wanted - stored.keys(), key=repr):
        changes.add(_street_row(record))
    for record in stored.keys() - wanted:
        changes.drop(stored[record])
    report.created, report.unchanged = len(wanted - stored.keys()), len(wanted & stored.keys())
    return _finish(session, changes, report, is_check)


def _map_areas(
    session: Session, changes: Changes, records: Iterable[AreaRecord], report: ImportReport
) -> dict[_Key, AreaRecord]:
    finder = MunicipalityFinder(session.scalars(select(Municipality)).all())
    names = _known_names(session)
    wanted: dict[_Key, AreaRecord] = {}
    for record in records:
        number = finder.find(record.municipality_number, record.municipality_name)
        if number is None:
            detail = f"{record.municipality_number} {record.municipality_name}"
            report.notes.append(Note(NoteCode.UNKNOWN_MUNICIPALITY, record.office_number, detail))
            continue
        wanted[record.office_number, number, record.district] = record
        for part in name_parts(record.municipality_name):
            _add_name(changes, names, number, part)
    return wanted


def _note_unread(session: Session, wanted: Iterable[_Key], report: ImportReport) -> None:
    known = set(session.scalars(select(Office.number)))
    unread = sorted({number for number, _, _ in wanted} - known)
    report.notes += [Note(NoteCode.OFFICE_NOT_READ, number) for number in unread]


def _known_names(session: Session) -> set[tuple[str, str]]:
    own = session.execute(select(Municipality.number, Municipality.search_name))
    others = select(MunicipalityName.municipality_number, MunicipalityName.search_name)
    return {(number, name) for number, name in (*own, *session.execute(others))}


def _add_name(changes: Changes, known: set[tuple[str, str]], number: str, name: str) -> None:
    folded = fold_name(name)
    if folded and (number, folded) not in known:
        known.add((number, folded))
        changes.add(MunicipalityName(municipality_number=number, name=name, search_name=folded))


def _postcode_values(record: PostcodeRecord) -> dict[str, object]:
    return {
        "place": record.place,
        "search_place": fold_name(record.place),
        "municipality_number": record.municipality_number,
        "category": record.category,
        "withdrawn_on": None,
    }


def _area_of(key: _Key, source: str) -> OfficeArea:
    office, municipality, district = key
    return OfficeArea(
        office_number=office,
        municipality_number=municipality,
        district=district,
        postcode="",
        source=source,
    )


def _street_of(row: StreetArea) -> StreetRecord:
    return StreetRecord(
        row.search_street, row.first_number, row.last_number, row.parity, row.district
    )


def _street_row(record: StreetRecord) -> StreetArea:
    return StreetArea(
        search_street=record.search_street,
        first_number=record.first_number,
        last_number=record.last_number,
        parity=record.parity,
        district=record.district,
    )


def _finish(
    session: Session, changes: Changes, report: ImportReport, is_check: bool
) -> ImportReport:
    report.rows += changes.rows
    if changes.rows and not is_check:
        bump_data_version(session)
    return report
