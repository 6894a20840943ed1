"""Questions about offices, their duty numbers and staffed hours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from nav_access.offices.codes import DutyAudience, OfficeKind, PlaceKind
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.models import (
    DutyLine,
    Municipality,
    Office,
    OfficeDataVersion,
)
from nav_access.offices.rules import StaffedHours
from nav_access.offices.search import OfficeHit, PlaceMatch, match_place, search_offices
from nav_access.offices.selections import (
    LINE_HOURS,
    OfficeChoice,
    where_public,
    with_everything,
)
from nav_access.offices.timetables import answering_hours

_SLUG = re.compile(r"[a-z0-9-]{1,120}")
"""What people type into an address may hold bytes that no database takes."""

__all__ = [
    "AfterHoursNumber",
    "OfficeChoice",
    "OfficeHit",
    "PlaceKind",
    "PlaceMatch",
    "find_after_hours_numbers",
    "find_office_by_number",
    "find_public_office",
    "get_contact_centre",
    "get_data_version",
    "get_office",
    "get_office_by_id",
    "get_staffed_hours",
    "list_duty_lines",
    "list_municipalities",
    "list_public_offices",
    "match_place",
    "search_offices",
]


@dataclass(frozen=True, slots=True)
class AfterHoursNumber:
    """A number to ring when the office is closed."""

    phone: str
    note: str | None
    topic: str | None
    office_name: str


def get_office(session: Session, slug: str, *, today: date | None = None) -> Office:
    """Return a public office with everything its page shows; raises OfficeNotFound."""
    if not _SLUG.fullmatch(slug):
        raise OfficeNotFound
    return _one(session, with_everything().where(Office.slug == slug, where_public(today)))


def get_office_by_id(session: Session, office_id: int) -> Office:
    """Return any office, public or not; raises OfficeNotFound."""
    return _one(session, with_everything().where(Office.id == office_id))


def find_public_office(
    session: Session, slug: str | None, *, today: date | None = None
) -> Office | None:
    """Return a public office by its slug, without its hours."""
    if not _SLUG.fullmatch(slug or ""):
        return None
    wanted = select(Office).where(Office.slug == slug, where_public(today))
    return session.scalars(wanted).one_or_none()


def find_office_by_number(session: Session, number: str) -> Office | None:
    """Return any office by its number (enhetNr)."""
    return session.scalars(with_everything().where(Office.number == number)).one_or_none()


def get_contact_centre(session: Session) -> Office:
    """Return the contact centre; raises OfficeNotFound before any import or sample load."""
    return _one(session, with_everything().where(Office.kind == OfficeKind.CONTACT_CENTRE))


def list_public_offices(session: Session, *, today: date | None = None) -> Sequence[Office]:
    """Return every public office with its hours, by name."""
    wanted = with_everything().where(where_public(today)).order_by(Office.name, Office.number)
    return session.scalars(wanted).all()


def list_municipalities(session: Session) -> Sequence[Municipality]:
    """Return every municipality, by name."""
    ordered = select(Municipality).order_by(Municipality.name, Municipality.number)
    return session.scalars(ordered).all()


def get_staffed_hours(session: Session, office_id: int) -> StaffedHours:
    """Return when an office's duty lines are staffed; weekdays 09:00-15:00 when none are known."""
    wanted = select(DutyLine).where(DutyLine.office_id == office_id).options(*LINE_HOURS)
    return StaffedHours(answering_hours(session.scalars(wanted)))


def list_duty_lines(
    session: Session,
    *,
    audience: DutyAudience,
    office_id: int | None = None,
    today: date | None = None,
) -> Sequence[DutyLine]:
    """Return the lines an audience may see, with office and hours, by office name.

    The public sees its own; agencies and the contact centre see the public ones too, and
    the contact centre sees what agencies see.
    """
    is_shown = or_(where_public(today), Office.kind == OfficeKind.CONTACT_CENTRE)
    wanted = (
        select(DutyLine)
        .join(DutyLine.office)
        .where(DutyLine.audience.in_(_VISIBLE_TO[audience]), is_shown)
        .options(joinedload(DutyLine.office), *LINE_HOURS)
        .order_by(Office.name, Office.id, DutyLine.position, DutyLine.id)
    )
    if office_id is not None:
        wanted = wanted.where(DutyLine.office_id == office_id)
    return session.scalars(wanted).all()


def find_after_hours_numbers(
    session: Session, office_id: int | None, *, today: date | None = None
) -> tuple[AfterHoursNumber, ...]:
    """Return whom the public may ring outside hours: the office's numbers, or else the centre's."""
    if office_id is None:
        office_id = get_contact_centre(session).id
    lines = list_duty_lines(session, audience=DutyAudience.PUBLIC, office_id=office_id, today=today)
    found = {line.after_hours_phone: line for line in reversed(lines) if line.after_hours_phone}
    return tuple(
        AfterHoursNumber(phone, line.after_hours_note, line.topic, line.office.name)
        for phone, line in reversed(found.items())
    )


def get_data_version(session: Session) -> int:
    """Return a number that grows with every change of offices or places."""
    return session.scalar(select(OfficeDataVersion.version)) or 0


_VISIBLE_TO = {
    DutyAudience.PUBLIC: [DutyAudience.PUBLIC],
    DutyAudience.AGENCIES: [DutyAudience.PUBLIC, DutyAudience.AGENCIES],
    DutyAudience.CONTACT_CENTRE: list(DutyAudience),
}


def _one(session: Session, wanted: Select[Office]) -> Office:
    office = session.scalars(wanted).one_or_none()
    if office is None:
        raise OfficeNotFound
    return office
