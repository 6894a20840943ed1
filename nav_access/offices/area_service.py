"""What imports do to areas: who serves which municipality, and Oslo's forest addresses."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.area_mapping import MunicipalityFinder, name_parts
from nav_access.offices.changes import Changes, finish
from nav_access.offices.models import Municipality, Office, OfficeArea, StreetArea
from nav_access.offices.municipality_names import MunicipalityNames
from nav_access.offices.records import AreaRecord, ImportReport, Note, NoteCode, StreetRecord

AreaKey = tuple[str, str, str, str]
"""Office number, municipality number, district, postcode; the last two may be empty."""


def import_areas(
    session: Session, records: Sequence[AreaRecord], *, source: str, is_check: bool = False
) -> ImportReport:
    """Replace the service areas of a source, in today's municipalities; keep names they bring."""
    report = ImportReport(read=len(records))
    changes = Changes(session)
    wanted = _map_areas(session, changes, records, report)
    report.created, report.unchanged = replace_areas(changes, wanted, source=source)
    _note_unread(session, wanted, report)
    return finish(session, changes, report, is_check=is_check)


def replace_areas(changes: Changes, wanted: set[AreaKey], *, source: str) -> tuple[int, int]:
    """Bring the areas of a source in line; return how many are new and how many were there."""
    stored = changes.session.scalars(select(OfficeArea).where(OfficeArea.source == source))
    known = {_key_of(area): area for area in stored}
    for key in sorted(wanted - known.keys()):
        changes.add(_area_of(key, source))
    for key in known.keys() - wanted:
        changes.drop(known[key])
    return len(wanted - known.keys()), len(wanted & known.keys())


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
    return finish(session, changes, report, is_check=is_check)


def _map_areas(
    session: Session, changes: Changes, records: Iterable[AreaRecord], report: ImportReport
) -> set[AreaKey]:
    finder = MunicipalityFinder(session.scalars(select(Municipality)).all())
    names = MunicipalityNames(changes)
    wanted: set[AreaKey] = set()
    for record in records:
        number = finder.find(record.municipality_number, record.municipality_name)
        if number is None:
            detail = f"{record.municipality_number} {record.municipality_name}"
            report.notes.append(Note(NoteCode.UNKNOWN_MUNICIPALITY, record.office_number, detail))
            continue
        wanted.add((record.office_number, number, record.district, ""))
        for part in name_parts(record.municipality_name):
            names.add(number, part)
    return wanted


def _note_unread(session: Session, wanted: Iterable[AreaKey], report: ImportReport) -> None:
    known = set(session.scalars(select(Office.number)))
    unread = sorted({number for number, *_ in wanted} - known)
    report.notes += [Note(NoteCode.OFFICE_NOT_READ, number) for number in unread]


def _key_of(area: OfficeArea) -> AreaKey:
    return area.office_number, area.municipality_number, area.district, area.postcode


def _area_of(key: AreaKey, source: str) -> OfficeArea:
    office, municipality, district, postcode = key
    return OfficeArea(
        office_number=office,
        municipality_number=municipality,
        district=district,
        postcode=postcode,
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
