"""An office's diary: who comes and who is rung on a day, in codes; no names and no phones."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import BookedTime, list_day
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.offices.spans import instant_of
from nav_access.staff.rules import Who
from nav_access.worklist.desk_offices import OfficeNotTheirs


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """One booked time with what to know before it."""

    booking: BookedTime
    number: str
    version: int
    status: CaseStatus
    language: str
    spoken_language: str | None

    @property
    def is_call(self) -> bool:
        """Whether it is a call, whose outcome is logged on the page for calling."""
        return self.booking.purpose is Purpose.CALLBACK


def list_diary(session: Session, who: Who, office_id: int, day: date) -> tuple[DiaryRow, ...]:
    """Return the times booked at one of the reader's offices on a date, in order."""
    if office_id not in who.office_ids:
        raise OfficeNotTheirs
    first = instant_of(day, 0, is_last=False)
    last = instant_of(day + timedelta(days=1), 0, is_last=False)
    bookings = list_day(session, office_id, first, last)
    facts = (Case.id, Case.number, Case.version, Case.status, Case.language)
    rows = session.execute(
        select(*facts, Reaching.spoken_language)
        .join(Reaching, Reaching.case_id == Case.id)
        .where(Case.id.in_([one.case_id for one in bookings]), Case.wrapped_key.is_not(None))
        .where(not_(is_hidden_from(who)))
    )
    cases = {row[0]: row[1:] for row in rows}
    return tuple(DiaryRow(one, *cases[one.case_id]) for one in bookings if one.case_id in cases)
