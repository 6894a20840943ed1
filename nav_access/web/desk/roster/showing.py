"""The roster's page, drawn: the week, what is coming, and the forms as they were left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, abort, request

from nav_access.appointments.codes import Purpose
from nav_access.appointments.published import list_offered
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import words_in
from nav_access.offices.models import DutyCover, DutyLine, DutyShift
from nav_access.offices.queries import get_office_by_id
from nav_access.offices.roster.codes import CoverState, GapReason, ShiftKind
from nav_access.offices.roster.covers import list_asked_of
from nav_access.offices.roster.gaps import DAYS_AHEAD, Gap
from nav_access.offices.roster.queries import (
    WeekDay,
    get_version,
    list_gaps,
    list_office_lines,
    make_week,
)
from nav_access.offices.rules import Interval
from nav_access.offices.timetables import shift_of
from nav_access.web.desk.capacity_forms import WEEKDAYS, Weekday
from nav_access.web.desk.offices import read_office
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.roster.forms import (
    CoverForm,
    DateForm,
    GoneForm,
    RosterForm,
    ShiftForm,
    YesForm,
)
from nav_access.web.desk.roster.words import AUDIENCES, COVER_STATES, REASONS
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_date, say_interval, say_list
from nav_access.web.shared.hours import HOLIDAYS, say_minutes
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.templating import current_locale

A_WEEK = timedelta(days=7)
OPEN_COVER = (CoverState.ASKED, CoverState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Handed:
    """A form that was handed in and is drawn again, and why."""

    form: RosterForm
    is_restored: bool = False
    is_news: bool = False
    office: str | None = None
    """The office it was typed for, when that was before the reader had to sign in again."""
    is_over: bool = False
    """The question of cover was answered or taken back meanwhile."""


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


def show_roster(monday: date, handed: Handed | None = None, *, status: int = 200) -> Response:
    """Return the page; those who do not manage the office read only."""
    instant = now()
    today = to_oslo(instant).date()
    with read_session() as session:
        chosen = read_office(session, typed=handed.office if handed else None) or abort(404)
        office_id = chosen.office.id
        may_change = office_id in who().managed_office_ids
        lines = list_office_lines(session, office_id)
        week = make_week(lines, monday)
        context = {
            "lines": week.lines,
            "days": [_say_day(day, today) for day in week.days],
            "gaps": _say_gaps(_find_gaps(session, office_id, instant), today),
            "shifts": [line for one in lines for line in _say_shifts(one, today)],
            "covers": [_say_cover(session, c) for one in lines for c in _current(one, today)],
            "asked_of": [_say_asked(c) for c in list_asked_of(session, office_id, today)],
            "version": get_version(session, office_id),
            "forms": _forms(lines, handed.form if handed else None),
        }
    return show_desk(
        "roster/week.html",
        status=status,
        chosen=chosen,
        may_change=may_change,
        handed=handed,
        form=handed.form if handed else GoneForm(formdata=None),
        monday=monday,
        shown=say_date(monday, current_locale(), today),
        until=say_date(monday + timedelta(days=6), current_locale(), today),
        before=monday - A_WEEK,
        after=monday + A_WEEK,
        is_this_week=monday <= today < monday + A_WEEK,
        audiences=AUDIENCES,
        **context,
    )


def _find_gaps(session: Session, office_id: int, instant: datetime) -> Iterable[Gap]:
    first = to_oslo(instant).date()
    until = instant + timedelta(days=DAYS_AHEAD)
    callbacks = list_offered(session, office_id, Purpose.CALLBACK, instant, until)
    return list_gaps(session, office_id, first, callbacks=callbacks, since=instant)


def _say_gaps(gaps: Iterable[Gap], today: date) -> list[tuple[str, str, str]]:
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


def _say_day(day: WeekDay, today: date) -> DayRow:
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


def _say_shifts(line: DutyLine, today: date) -> Iterable[ShiftLine]:
    """Yield a line's rows that are not over: every week first, then dates."""
    rows = [row for row in line.shifts if row.last_date is None or row.last_date >= today]
    rows.sort(key=lambda row: (row.weekday is None, row.weekday or 0, row.first_date, row.id))
    return (_say_shift(line, row, today) for row in rows)


def _say_shift(line: DutyLine, row: DutyShift, today: date) -> ShiftLine:
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


def _current(line: DutyLine, today: date) -> Iterable[DutyCover]:
    """Return the cover a line has asked for that is not over, nor ended by ourselves."""
    return (
        cover
        for cover in line.covers
        if cover.last_date >= today and cover.state is not CoverState.ENDED
    )


def _say_cover(session: Session, cover: DutyCover) -> CoverLine:
    return _cover_line(cover, get_office_by_id(session, cover.office_id).name)


def _say_asked(cover: DutyCover) -> CoverLine:
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


def _forms(lines: Iterable[DutyLine], handed_in: RosterForm | None) -> dict[str, RosterForm]:
    """Return every form: the one handed in as it was, a shift to change as it stands."""
    first = next((str(line.id) for line in lines), "")
    forms: dict[str, RosterForm] = {
        "shift": _shift_asked_for(lines) or ShiftForm(formdata=None, data={"shift_line": first}),
        "date": DateForm(formdata=None, data={"date_line": first}),
        "cover": CoverForm(formdata=None, data={"cover_line": first}),
        "yes": YesForm(formdata=None),
    }
    return forms | {
        name: handed_in for name, form in forms.items() if type(form) is type(handed_in)
    }


def _shift_asked_for(lines: Iterable[DutyLine]) -> ShiftForm | None:
    """Return the form for the weekly shift a link names (`?shift=`), None for a new one."""
    asked = request.args.get("shift", "")
    rows = (row for line in lines for row in line.shifts if row.kind is ShiftKind.WEEKLY)
    row = next((row for row in rows if str(row.id) == asked), None)
    if row is None:
        return None
    hours = Interval(row.starts_minute or 0, row.ends_minute or 0)
    return ShiftForm(
        formdata=None,
        data={
            "which": str(row.id),
            "shift_line": str(row.line_id),
            "weekdays": frozenset({Weekday(str(row.weekday))}),
            "shift_starts": _write_clock(hours.opens),
            "shift_ends": _write_clock(hours.closes),
            "shift_first": f"{row.first_date:%d.%m.%Y}",
            "shift_last": f"{row.last_date:%d.%m.%Y}" if row.last_date else "",
            "on_holidays": row.covers_holidays,
            "on_duty": row.on_duty,
        },
    )


def _write_clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
