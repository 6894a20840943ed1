"""A roster in the reader's words: its days, gaps, shifts and cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nav_access.appointments.codes import Purpose
from nav_access.appointments.published import list_offered
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import words_in
from nav_access.offices.models import DutyCover, DutyLine, DutyShift
from nav_access.offices.queries import get_office_by_id
from nav_access.offices.roster.codes import CoverState, GapReason, ShiftKind
from nav_access.offices.roster.gaps import DAYS_AHEAD, Gap
from nav_access.offices.roster.queries import WeekDay, list_gaps
from nav_access.offices.timetables import shift_of
from nav_access.web.desk.capacity_forms import WEEKDAYS, Weekday
from nav_access.web.desk.roster.words import COVER_STATES, REASONS
from nav_access.web.shared.dates import say_date, say_interval, say_list
from nav_access.web.shared.hours import HOLIDAYS, say_minutes
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

OPEN_COVER = (CoverState.ASKED, CoverState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A row of the roster in words."""

    id: int
    line: DutyLine
    day: str
    times: str | None
    since: str | None
    until: str | None
    on_duty: str | None
    is_absence: bool
    is_weekly: bool
    on_holidays: bool


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Cover in words, as the office that asks or the one that is asked reads it."""

    id: int
    line: DutyLine
    office: str
    first: str
    last: str
    state: str
    is_asked: bool
    is_open: bool
    by_line: DutyLine | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A date of the week table."""

    day: str
    holiday: str | None
    is_today: bool
    cells: tuple[tuple[tuple[str, str | None, str | None], ...], ...]
    """For each line its hours, with who is on duty and who answers instead."""


def find_gaps(session: Session, office_id: int, instant: datetime) -> Iterable[Gap]:
    """Return when nobody answers in the coming weeks though people were told so, or may book."""
    first = to_oslo(instant).date()
    until = instant + timedelta(days=DAYS_AHEAD)
    callbacks = list_offered(session, office_id, Purpose.CALLBACK, instant, until)
    return list_gaps(session, office_id, first, callbacks=callbacks, since=instant)


def say_gaps(gaps: Iterable[Gap], today: date) -> list[tuple[str, str, str]]:
    """Return the gaps, those of one day with the same reasons on one line."""
    locale = current_locale()
    text = words_in(locale).text
    alike: dict[tuple[date, frozenset[GapReason]], list[str]] = {}
    for gap in gaps:
        times = say_interval(gap.span.starts, gap.span.ends, locale)
        alike.setdefault((to_oslo(gap.span.starts).date(), gap.reasons), []).append(times)
    return [
        (
            say_date(day, locale, today),
            say_list(times, locale),
            say_list([text(words) for code, words in REASONS.items() if code in reasons], locale),
        )
        for (day, reasons), times in alike.items()
    ]


def say_day(day: WeekDay, today: date) -> DayRow:
    """Return a date of the week with each line's hours."""
    locale = current_locale()
    return DayRow(
        say_date(day.day, locale, today),
        HOLIDAYS.get(day.holiday) if day.holiday else None,
        day.day == today,
        tuple(
            tuple((say_minutes(e.interval, locale), e.on_duty, e.by) for e in entries)
            for entries in day.lines
        ),
    )


def say_shifts(line: DutyLine, today: date) -> Iterable[ShiftLine]:
    """Yield a line's rows that are not over: every week first, then dates."""
    rows = [row for row in line.shifts if row.last_date is None or row.last_date >= today]
    rows.sort(key=lambda row: (row.weekday is None, row.weekday or 0, row.first_date, row.id))
    return (say_shift(line, row, today) for row in rows)


def say_shift(line: DutyLine, row: DutyShift, today: date) -> ShiftLine:
    """Return a row of the roster in words."""
    locale, shift = current_locale(), shift_of(row)
    is_weekly = row.kind is ShiftKind.WEEKLY
    weekday = words_in(locale).text(WEEKDAYS[Weekday(str(row.weekday))]) if is_weekly else None
    has_since = row.first_date > today if is_weekly else row.first_date != row.last_date
    return ShiftLine(
        id=row.id,
        line=line,
        day=weekday or say_date(row.first_date, locale, today),
        times=None if row.starts_minute is None else say_minutes(shift.interval, locale),
        since=say_date(row.first_date, locale, today) if has_since and is_weekly else None,
        until=say_date(row.last_date, locale, today)
        if row.last_date and (is_weekly or has_since)
        else None,
        on_duty=row.on_duty,
        is_absence=row.kind is ShiftKind.ABSENT,
        is_weekly=is_weekly,
        on_holidays=row.covers_holidays,
    )


def list_current_cover(line: DutyLine, today: date) -> Iterable[DutyCover]:
    """Return the cover a line has asked for that is not over, nor ended by ourselves."""
    return (
        cover
        for cover in line.covers
        if cover.last_date >= today and cover.state is not CoverState.ENDED
    )


def say_cover(session: Session, cover: DutyCover) -> CoverLine:
    """Return cover as the office that asked for it reads it."""
    return _cover_line(cover, get_office_by_id(session, cover.office_id).name)


def say_asked(cover: DutyCover) -> CoverLine:
    """Return cover as the office that is asked reads it."""
    return _cover_line(cover, cover.line.office.name)


def _cover_line(cover: DutyCover, office: str) -> CoverLine:
    locale, today = current_locale(), to_oslo(now()).date()
    return CoverLine(
        id=cover.id,
        line=cover.line,
        office=office,
        first=say_date(cover.first_date, locale, today),
        last=say_date(cover.last_date, locale, today),
        state=words_in(locale).text(COVER_STATES[cover.state]),
        is_asked=cover.state is CoverState.ASKED,
        is_open=cover.state in OPEN_COVER,
        by_line=cover.by_line,
    )
