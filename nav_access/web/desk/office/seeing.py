"""What people read on an office's page at an instant, as a value that can be compared."""

from dataclasses import dataclass
from datetime import date, datetime

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices import queries
from nav_access.offices.keeping.editing import read_office
from nav_access.offices.keeping.measures import list_measures_on
from nav_access.offices.models import Office
from nav_access.offices.queries import AfterHoursNumber
from nav_access.offices.rules import is_public
from nav_access.offices.spans import instant_of
from nav_access.web.shared.office_words import OfficeWords, say_office
from nav_access.web.shared.templating import current_locale

MORNING = 9 * 60
"""A day that begins later is looked at when offices are open."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An office as people would see it."""

    words: OfficeWords
    numbers: tuple[AfterHoursNumber, ...]


def see_page(session: Session, office_id: int, at: datetime, _form: object) -> Shown | None:
    """Return what the office's public page says at an instant; None while it has none."""
    office, today = read_office(session, office_id), to_oslo(at).date()
    if not is_public(office.kind, office.status, office.closes_on, today):
        return None
    measures = [one.words for one in list_measures_on(session, today, [office.id])]
    words = say_office(office, at, current_locale(), measures)
    return Shown(words, _numbers(session, office, at))


def morning_of(day: date) -> datetime:
    """Return an instant in the morning of a day."""
    return instant_of(day, MORNING, is_last=False)


def _numbers(session: Session, office: Office, at: datetime) -> tuple[AfterHoursNumber, ...]:
    if queries.get_staffed_hours(session, office.id).is_staffed(at):
        return ()
    today = to_oslo(at).date()
    return tuple(queries.find_after_hours_numbers(session, office.id, today=today))
