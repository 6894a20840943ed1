"""What people can choose of an office's times before a change and after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.published import count_seats
from nav_access.appointments.queries import list_free_times
from nav_access.appointments.service import make_slots
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.web.desk.capacity_forms import CapacityForm
from nav_access.web.desk.office.subjects import Look
from nav_access.web.shared.dates import say_date, say_interval
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

A_WEEK, SHOWN_AHEAD = timedelta(days=7), timedelta(days=14)

KINDS = {Purpose.CALLBACK: BookingKind.CALLBACK, Purpose.MEETING: BookingKind.OFFICE}

Times = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day and the times of it that can be chosen, in words."""

    words: str
    times: tuple[str, ...]


def _see_times(session: Session, office_id: int, at: datetime, form: CapacityForm) -> Times:
    """Return every time that people may choose at an instant.

    The times are made here, as they would be every day until then: nothing of it is kept.
    """
    make_slots(session, now=at, office_id=office_id)
    session.flush()
    free = list_free_times(session, office_id, KINDS[form.about], now=at, limit=None)
    return tuple((one.starts_utc, one.ends_utc) for one in free)


def _tell(other: Times, times: Times) -> list[DayShown]:
    """Return the week in which the two differ first, of the second; the first week if none."""
    differing = sorted(set(times) ^ set(other)) or sorted(times)
    if not differing:
        return []
    first = _day_of(differing[0])
    week = [one for one in times if first <= _day_of(one) < first + A_WEEK]
    return [_say_day(day, list(these)) for day, these in groupby(week, _day_of)]


def _say_day(day: date, times: list[tuple[datetime, datetime]]) -> DayShown:
    locale, today = current_locale(), to_oslo(now()).date()
    words = tuple(say_interval(starts, ends, locale) for starts, ends in times)
    return DayShown(say_date(day, locale, today), words)


def _day_of(time: tuple[datetime, datetime]) -> date:
    return to_oslo(time[0]).date()


def _count(session: Session, office_id: int, _at: datetime, form: CapacityForm) -> dict[str, Any]:
    instant = now()
    return {
        "seats": count_seats(session, office_id, form.about, instant, instant + SHOWN_AHEAD),
    }


TIMES = Look("times", _see_times, _tell, _count)
