"""Dates that differ from the usual week, as the office's manager writes them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices.keeping import hours as keeping
from nav_access.offices.keeping.editing import read_office
from nav_access.offices.models import Office
from nav_access.offices.records import Day
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.day_forms import STRETCHES, DateForm, DayForm
from nav_access.web.desk.office.days import list_dates, say_doors
from nav_access.web.desk.office.seeing import morning_of
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.hours import A_WEEK, AHEAD
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

ALL_DOORS = 0
A_DAY = timedelta(days=1)


def dates() -> Response:
    """Show the dates that differ, or write one."""
    return answer(SUBJECT)


def restore_dates(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    today = to_oslo(now()).date()
    coming = [day for day in list_dates(session, office) if isinstance(day, date) and day >= today]
    named = [(day, say_date(day, current_locale(), today)) for day in coming]
    return {
        "doors": say_doors(session, office, named),
        "dated": form if isinstance(form, DateForm) else DateForm(formdata=None),
        "stretches": STRETCHES,
    }


def _write(session: Session, turn: Turn, form: DateForm) -> None:
    chosen, editor = form.reception.whole, turn.editor
    doors = [one.id for one in read_office(session, turn.office_id).receptions]
    for door in doors if chosen == ALL_DOORS else [chosen]:
        lines = form.to_lines()
        if keeping.set_days(session, editor, door, form.to_days(), lines, now=now()):
            editor = replace(editor, seen=editor.seen + 1)


def _take_away(session: Session, turn: Turn, form: DayForm) -> None:
    keeping.set_days(session, turn.editor, form.reception.whole, [form.to_day()], [], now=now())


def _take_register(session: Session, turn: Turn, form: DayForm) -> None:
    keeping.take_register_day(session, turn.editor, form.reception.whole, form.to_day(), now=now())


def _read_from(days: Iterable[Day]) -> list[datetime]:
    """Return when people may begin to read of a date: weeks ahead, or the week it is in."""
    first = min(day for day in days if isinstance(day, date))
    return [morning_of(first - ahead) for ahead in (AHEAD, A_WEEK - A_DAY)]


SUBJECT = Subject(
    name="dates",
    acts={
        "date": Act(DateForm, _write, lambda _, __, form: _read_from(form.to_days())),
        "gone": Act(DayForm, _take_away, lambda _, __, form: _read_from([form.to_day()])),
        "register": Act(DayForm, _take_register, lambda _, __, form: _read_from([form.to_day()])),
    },
    describe=_describe,
)
