"""Which office answers the lines of another just now: cover that was asked for and agreed to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.offices.models import DutyCover, DutyLine, Office
from nav_access.offices.roster.codes import CoverState
from nav_access.offices.roster.rules import CoverHours, standing_at
from nav_access.offices.timetables import line_hours

AFTERWARDS = timedelta(hours=1)
"""How long after its shift an office still finishes what was begun on the line."""


@dataclass(frozen=True, slots=True)
class AnsweredFor:
    """An office whose line another answers, by which cover, and until when its shift lasts."""

    office_name: str
    cover_id: int
    until_utc: datetime


def find_answered_for(
    session: Session, office_id: int, by_office_ids: Collection[int], at: datetime
) -> AnsweredFor | None:
    """Return how some offices answer a line of another, from a shift's start to AFTERWARDS.

    The shift is the covering line's own, within the dates that were agreed. None when they do
    not; of several, what lasts longest.
    """
    first, last = to_oslo(at - AFTERWARDS).date(), to_oslo(at).date()
    agreed = session.execute(
        select(DutyCover, Office.name)
        .join(DutyLine, DutyLine.id == DutyCover.line_id)
        .join(Office, Office.id == DutyLine.office_id)
        .where(DutyCover.office_id.in_(by_office_ids), DutyLine.office_id == office_id)
        .where(DutyCover.state == CoverState.ACCEPTED)
        .where(DutyCover.first_date <= last, DutyCover.last_date >= first)
    )
    found = [
        AnsweredFor(name, cover.id, until) for cover, name in agreed if (until := _until(cover, at))
    ]
    return max(found, key=lambda one: one.until_utc, default=None)


def _until(cover: DutyCover, at: datetime) -> datetime | None:
    """Return when the shift ends that is on, or was within AFTERWARDS; None without one."""
    if cover.by_line is None:
        return None
    hours = [CoverHours(line_hours(cover.by_line), cover.first_date, cover.last_date)]
    ends = (standing_at(hours, moment).until_utc for moment in (at, at - AFTERWARDS))
    return next((until for until in ends if until is not None), None)
