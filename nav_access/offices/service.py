"""What imports do to offices: create, change, mark as missing, never delete."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.changes import Changes, bump_data_version
from nav_access.offices.codes import DutyAudience, OfficeKind, OfficeStatus
from nav_access.offices.keeping.hearing import NOTHING, Kept, load_kept
from nav_access.offices.models import DutyInterval, DutyLine, Office
from nav_access.offices.names import fold_office_name, slug_of
from nav_access.offices.records import ImportReport, Note, NoteCode, UnitRecord
from nav_access.offices.selections import CONTACT_CENTRE_NUMBER, with_everything
from nav_access.offices.storing import store_contact

CONTACT_CENTRE_PHONE = "+4755553333"
SAMPLE = "sample"
"""The source of offices that are made up."""
_OPENS, _CLOSES = 9 * 60, 15 * 60

__all__ = ["bump_data_version", "ensure_contact_centre", "import_units", "mark_missing"]


def ensure_contact_centre(session: Session) -> Office:
    """Return the contact centre's row, made when it is not there; requests always have a home."""
    wanted = with_everything().where(Office.kind == OfficeKind.CONTACT_CENTRE)
    centre = session.scalars(wanted).one_or_none()
    if centre is None:
        centre = _contact_centre()
        session.add(centre)
        session.flush()
        bump_data_version(session)
    return centre


def _contact_centre() -> Office:
    week = [DutyInterval(weekday=n, opens_minute=_OPENS, closes_minute=_CLOSES) for n in range(5)]
    line = DutyLine(
        position=0, phone=CONTACT_CENTRE_PHONE, audience=DutyAudience.PUBLIC, intervals=week
    )
    return Office(
        number=CONTACT_CENTRE_NUMBER,
        slug="nav-kontaktsenter",
        name="NAV Kontaktsenter",
        search_name=fold_office_name("NAV Kontaktsenter"),
        kind=OfficeKind.CONTACT_CENTRE,
        status=OfficeStatus.ACTIVE,
        source="built_in",
        phone=CONTACT_CENTRE_PHONE,
        duty_lines=[line],
        receptions=[],
    )


def import_units(
    session: Session, units: Sequence[UnitRecord], *, source: str, is_check: bool = False
) -> ImportReport:
    """Bring offices in line with the units of a file, and say what was done.

    With `is_check` nothing is flushed: the session can be thrown away.
    """
    report = ImportReport(read=len(units))
    numbers = [unit.number for unit in units]
    with session.no_autoflush:
        wanted = with_everything().where(Office.number.in_(numbers))
        if not is_check:
            # A manager who writes meanwhile waits; who only names an office does not.
            wanted = wanted.with_for_update(of=Office, key_share=True)
        known = {office.number: office for office in session.scalars(wanted)}
        kept = load_kept(session, [office.id for office in known.values()])
        slugs = set(session.scalars(select(Office.slug)))
        for unit in units:
            office = known.get(unit.number)
            own = kept.get(office.id, NOTHING) if office else NOTHING
            _import_unit(session, unit, office, own, slugs, source, report)
    if report.rows and not is_check:
        bump_data_version(session)
    return report


def _import_unit(
    session: Session,
    unit: UnitRecord,
    office: Office | None,
    kept: Kept,
    slugs: set[str],
    source: str,
    report: ImportReport,
) -> None:
    changes = Changes(session)
    is_new = office is None
    if office is None:
        office = _new_office(unit, slugs, report)
        changes.add(office)
    changes.put(office, _unit_values(unit, source))
    if unit.contact is not None:
        store_contact(changes, office, unit.contact, kept)
    if changes.rows and not is_new:
        office.edition += 1
    report.rows += changes.rows
    report.created += is_new
    report.changed += bool(changes.rows) and not is_new
    report.unchanged += not changes.rows


def _new_office(unit: UnitRecord, slugs: set[str], report: ImportReport) -> Office:
    """Return a row for a unit; one that does not say what it is counts as public with a door."""
    slug = _free_slug(unit, slugs)
    slugs.add(slug)
    kind = unit.kind
    if kind is None:
        has_door = unit.contact is not None and bool(unit.contact.receptions)
        kind = OfficeKind.LOCAL if has_door else OfficeKind.OTHER
        report.notes.append(Note(NoteCode.KIND_NOT_SAID, unit.number, kind))
    status = unit.status or OfficeStatus.ACTIVE
    return Office(
        number=unit.number, slug=slug, kind=kind, status=status, receptions=[], duty_lines=[]
    )


def _free_slug(unit: UnitRecord, slugs: Collection[str]) -> str:
    """Return an address word nobody has; it stays with the office whatever it is called later."""
    base = slug_of(unit.name)
    numbered = (slug_of(f"{base}-{unit.number}"), *(f"{base}-{n}" for n in range(2, 1000)))
    return next(slug for slug in (base, *numbered) if slug not in slugs)


def _unit_values(unit: UnitRecord, source: str) -> dict[str, object]:
    values: dict[str, object] = {
        "name": unit.name,
        "search_name": fold_office_name(unit.name),
        "source": source,
        "missing_since": None,
        "is_sample": source == SAMPLE,
    }
    if unit.kind is not None:
        values["kind"] = unit.kind
    if unit.status is not None:
        values |= {"status": unit.status, "closes_on": unit.closes_on}
    return values


def mark_missing(
    session: Session, numbers: Iterable[str], *, source: str, today: date, is_check: bool = False
) -> ImportReport:
    """Mark units that a full file no longer has; they stay, since people hold their numbers."""
    present = set(numbers)
    stored = session.scalars(select(Office).where(Office.source == source).order_by(Office.number))
    gone = [office for office in stored if office.number not in present]
    changes, report = Changes(session), ImportReport()
    for office in gone:
        report.notes.append(Note(NoteCode.UNIT_MISSING, office.number, office.name))
        changes.put(office, {"missing_since": office.missing_since or today})
    report.rows = changes.rows
    if report.rows and not is_check:
        bump_data_version(session)
    return report
