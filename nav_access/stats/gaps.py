"""When offices are open or promise to answer, and nobody does, in a period; no people in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Slot
from nav_access.offices.models import Office
from nav_access.offices.roster.codes import GapReason
from nav_access.offices.roster.gaps import Gap, answered, find_gaps, what_is_wanted
from nav_access.offices.roster.queries import answering_for_people
from nav_access.offices.selections import OfficeChoice, with_everything
from nav_access.offices.spans import Span
from nav_access.offices.timetables import office_hours
from nav_access.stats.periods import Period
from nav_access.stats.scope import Scope

REASONS = (GapReason.PROMISE, GapReason.OPEN_DOOR, GapReason.CALLBACK)


@dataclass(frozen=True, slots=True)
class OfficeGaps:
    """Minutes of a period in which somebody ought to answer, and in which nobody does.

    Of the latter `by_reason`: what is offered then; several may be at the same time.
    """

    office: OfficeChoice
    wanted: int
    unanswered: int
    by_reason: Mapping[GapReason, int]
    gaps: int


def count_gaps(session: Session, scope: Scope, period: Period) -> tuple[OfficeGaps, ...]:
    """Count each office's gaps by its roster as it is written now, the longest without first."""
    booked = _list_callbacks(session, scope, period)
    offices = session.scalars(with_everything().where(Office.id.in_(scope.ids)))
    found = [_count(office, period, booked.get(office.id, ())) for office in offices]
    return tuple(sorted(found, key=lambda one: (-one.unanswered, one.office.name, one.office.id)))


def _count(office: Office, period: Period, callbacks: Sequence[Span]) -> OfficeGaps:
    wanted = what_is_wanted(office_hours(office), period.first, period.days, callbacks)
    lines = answering_for_people(office.duty_lines)
    staffed = answered(lines, period.first, period.days)
    gaps = find_gaps(wanted, staffed)
    return OfficeGaps(
        OfficeChoice(office.id, office.slug, office.name),
        _add(find_gaps(wanted, ())),
        _add(gaps),
        {reason: _add(find_gaps({reason: wanted[reason]}, staffed)) for reason in REASONS},
        len(gaps),
    )


def _add(gaps: Iterable[Gap]) -> int:
    return sum(gap.minutes for gap in gaps)


def _list_callbacks(session: Session, scope: Scope, period: Period) -> Mapping[int, Sequence[Span]]:
    """Return when people may book to be rung, by office."""
    rows = session.execute(
        select(Slot.office_id, Slot.starts_utc, Slot.ends_utc)
        .where(Slot.office_id.in_(scope.ids), Slot.purpose == Purpose.CALLBACK)
        .where(Slot.starts_utc >= period.since, Slot.starts_utc < period.until)
        .where(Slot.public_seats > 0)
        .order_by(Slot.office_id, Slot.starts_utc)
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for office_id, starts, ends in rows:
        before = found[office_id]
        # A day's slots follow one another: as one stretch there is far less to reckon.
        if before and starts <= before[-1].ends:
            before[-1] = Span(before[-1].starts, max(ends, before[-1].ends))
        else:
            before.append(Span(starts, ends))
    return found
