"""The roster's page, drawn: the week, what is coming, and the forms as they were left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices.models import DutyLine, Office
from nav_access.offices.roster.codes import ShiftKind
from nav_access.offices.roster.covers import list_asked_of
from nav_access.offices.roster.queries import (
    get_version,
    list_office_lines,
    make_week,
)
from nav_access.offices.rules import Interval
from nav_access.web.desk.capacity_forms import Weekday
from nav_access.web.desk.office.lines import AUDIENCES
from nav_access.web.desk.office.subjects import beside_edition
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
from nav_access.web.desk.roster.saying import (
    find_gaps,
    list_current_cover,
    say_asked,
    say_cover,
    say_day,
    say_gaps,
    say_shifts,
)
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.templating import current_locale

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Handed:
    """A form that was handed in and is drawn again, and why."""

    form: RosterForm
    is_restored: bool = False
    office: str | None = None
    """The office it was typed for, when that was before the reader had to sign in again."""


def show_roster(monday: date, handed: Handed | None = None, *, status: int = 200) -> Response:
    """Return the page; those who do not manage the office read only."""
    locale, today = current_locale(), to_oslo(now()).date()
    with read_session() as session:
        chosen = read_office(session, typed=handed.office if handed else None) or abort(404)
        told = _describe(session, chosen.office.id, monday, handed)
    return show_desk(
        "roster/week.html",
        status=status,
        chosen=chosen,
        may_change=chosen.office.id in who().managed_office_ids,
        handed=handed,
        is_saved=handed is None and "saved" in request.args,
        form=handed.form if handed else GoneForm(formdata=None),
        monday=monday,
        shown=say_date(monday, locale, today),
        until=say_date(monday + timedelta(days=6), locale, today),
        before=monday - A_WEEK,
        after=monday + A_WEEK,
        is_this_week=monday <= today < monday + A_WEEK,
        audiences=AUDIENCES,
        **told,
    )


def _describe(
    session: Session, office_id: int, monday: date, handed: Handed | None
) -> dict[str, Any]:
    """Return the week and all else that is read of an office, in words."""
    today = to_oslo(now()).date()
    lines = list_office_lines(session, office_id)
    covers = [cover for line in lines for cover in list_current_cover(line, today)]
    return {
        "lines": lines,
        "days": [say_day(day, today) for day in make_week(lines, monday).days],
        "gaps": say_gaps(find_gaps(session, office_id, now()), today),
        "shifts": [shift for line in lines for shift in say_shifts(line, today)],
        "covers": [say_cover(session, cover) for cover in covers],
        "asked_of": [say_asked(cover) for cover in list_asked_of(session, office_id, today)],
        "version": beside_edition(
            get_version(session, office_id), session.get_one(Office, office_id)
        ),
        "forms": _forms(lines, handed.form if handed else None),
    }


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
