"""Reading rosters: who answers now, an office's week, its gaps, what it is asked to cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.offices.codes import DutyAudience, Holiday
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.models import DutyCover, DutyLine, DutyShift, Office, OfficeRoster
from nav_access.offices.queries import list_duty_lines
from nav_access.offices.roster.errors import NotOnRoster
from nav_access.offices.roster.gaps import DAYS_AHEAD, Gap, find_gaps_ahead
from nav_access.offices.roster.rules import RosterHours, Standing, standing_at
from nav_access.offices.selections import LINE_HOURS, with_everything
from nav_access.offices.spans import Interval, Span
from nav_access.offices.staffed import Hours
from nav_access.offices.timetables import (
    answering_hours,
    cover_hours,
    line_hours,
    office_hours,
    told_hours,
)

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class CoveringLine:
    """The line of another office that answers for one today."""

    phone: str
    office_name: str
    is_staffed: bool


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line as an agency or the contact centre rings it.

    `standing` is its own, `cover` who answers for it today. `rings` is the number to ring now.
    """

    line_id: int
    phone: str
    audience: DutyAudience
    topic: str | None
    split: str | None
    office_id: int
    office_name: str
    office_slug: str
    language: str
    is_known: bool
    standing: Standing
    cover: CoveringLine | None
    after_hours_phone: str | None
    after_hours_note: str | None

    @property
    def is_staffed(self) -> bool:
        """Whether somebody answers: on the line itself, or for it."""
        return self.standing.is_staffed or (self.cover is not None and self.cover.is_staffed)

    @property
    def rings(self) -> str | None:
        """The number that is answered now; None when none is."""
        if self.standing.is_staffed:
            return self.phone
        if self.cover is not None and self.cover.is_staffed:
            return self.cover.phone
        return self.after_hours_phone

    @property
    def until_utc(self) -> datetime | None:
        """Until when the line itself is staffed, if it is."""
        return self.standing.until_utc

    @property
    def next_utc(self) -> datetime | None:
        """From when the line itself is staffed next, if it is not."""
        return self.standing.next_utc


def list_lines(
    session: Session, audience: DutyAudience, at: datetime, *, office_id: int | None = None
) -> tuple[ListedLine, ...]:
    """Return the lines an audience may ring, those staffed now first, then by office.

    Agencies see the public lines and theirs, the contact centre every one.
    """
    today = to_oslo(at).date()
    found = list_duty_lines(session, audience=audience, office_id=office_id, today=today)
    return tuple(sorted((_list(line, at) for line in found), key=lambda one: not one.is_staffed))


def find_cover(line: DutyLine, at: datetime) -> CoveringLine | None:
    """Return who answers for a line today, one that does so now before others; None for nobody."""
    today = to_oslo(at).date()
    found = [
        CoveringLine(by.phone, by.office.name, standing_at([hours], at).is_staffed)
        for by, hours in cover_hours(line)
        if hours.first <= today <= hours.last
    ]
    return next((one for one in found if one.is_staffed), found[0] if found else None)


def _list(line: DutyLine, at: datetime) -> ListedLine:
    hours, office = line_hours(line), line.office
    return ListedLine(
        line_id=line.id,
        phone=line.phone,
        audience=line.audience,
        topic=line.topic,
        split=line.split,
        office_id=office.id,
        office_name=office.name,
        office_slug=office.slug,
        language=office.language,
        is_known=hours.is_told,
        standing=standing_at([hours], at),
        cover=find_cover(line, at),
        after_hours_phone=line.after_hours_phone,
        after_hours_note=line.after_hours_note,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Some hours of a date. `on_duty`: who is there; `by`: the other office that answers."""

    interval: Interval
    on_duty: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A date of the week, and when each line, in the order of the lines, is staffed on it."""

    day: date
    holiday: Holiday | None
    lines: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """An office's roster for seven days from a Monday."""

    lines: tuple[DutyLine, ...]
    days: tuple[WeekDay, ...]


def get_version(session: Session, office_id: int) -> int:
    """Return how often an office's roster was changed."""
    wanted = select(OfficeRoster.version).where(OfficeRoster.office_id == office_id)
    return session.scalar(wanted) or 0


def get_shift(session: Session, office_id: int, shift_id: int) -> DutyShift:
    """Return a row of an office's roster; raises NotOnRoster."""
    wanted = select(DutyShift).join(DutyShift.line)
    mine = DutyShift.id == shift_id, DutyLine.office_id == office_id
    row = session.scalars(wanted.where(*mine)).one_or_none()
    if row is None:
        raise NotOnRoster
    return row


def get_cover(session: Session, cover_id: int) -> DutyCover:
    """Return cover, whoever asks: only what it is about is read of it. Raises NotOnRoster."""
    cover = session.get(DutyCover, cover_id)
    if cover is None:
        raise NotOnRoster
    return cover


def list_office_lines(session: Session, office_id: int) -> tuple[DutyLine, ...]:
    """Return every line of an office, with all that says when it is staffed."""
    wanted = (
        select(DutyLine)
        .where(DutyLine.office_id == office_id)
        .options(*LINE_HOURS)
        .order_by(DutyLine.position, DutyLine.id)
    )
    return tuple(session.scalars(wanted))


def make_week(lines: Sequence[DutyLine], monday: date) -> Week:
    """Return the week of some lines, written out."""
    days = (monday + timedelta(days=n) for n in range(DAYS_A_WEEK))
    return Week(
        tuple(lines),
        tuple(
            WeekDay(day, holiday_on(day), tuple(_entries(line, day) for line in lines))
            for day in days
        ),
    )


def _entries(line: DutyLine, day: date) -> tuple[Entry, ...]:
    hours = line_hours(line)
    pieces = RosterHours(told_hours(line), ()) if not isinstance(hours, RosterHours) else hours
    own = [Entry(part, shift.on_duty if shift else None) for part, shift in pieces.pieces_on(day)]
    covers = [
        Entry(part, by=by.office.name)
        for by, covered in cover_hours(line)
        for part in covered.intervals_on(day)
    ]
    return (*sorted(own, key=lambda entry: entry.interval), *covers)


def list_gaps(
    session: Session,
    office_id: int,
    first: date,
    days: int = DAYS_AHEAD,
    *,
    callbacks: Iterable[Span] = (),
    since: datetime | None = None,
) -> tuple[Gap, ...]:
    """Return when an office is open, or promises to answer, and nobody does; see `gaps`.

    What counts is the lines people may ring, and those that answer for them; all of its lines
    where people may ring none.
    """
    wanted = with_everything().where(Office.id == office_id)
    office = session.scalars(wanted).one()
    lines = answering_for_people(office.duty_lines)
    return find_gaps_ahead(
        lines, office_hours(office), first, days, callbacks=callbacks, since=since
    )


def answering_for_people(lines: Sequence[DutyLine]) -> list[Hours]:
    """Return the hours that count when people ring: of public lines, of all if there are none."""
    public = [line for line in lines if line.audience is DutyAudience.PUBLIC]
    return answering_hours(public or lines)
