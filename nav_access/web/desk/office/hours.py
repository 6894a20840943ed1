"""The hours of every week, door by door, as the office's manager writes them."""

from typing import Any

from flask import Response, request

from nav_access.core.db import Session
from nav_access.offices.keeping import hours as keeping
from nav_access.offices.models import Office
from nav_access.web.desk.capacity_forms import WEEKDAYS, Weekday
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.day_forms import STRETCHES, DayForm, WeekForm
from nav_access.web.desk.office.days import fields_of, lines_of, say_doors
from nav_access.web.desk.office.subjects import Act, OfficeForm, Subject, Turn
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale, translate


def hours() -> Response:
    """Show the week of every door, or change some days of one."""
    return answer(SUBJECT)


def restore_hours(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    named = [(int(day), _say(word)) for day, word in WEEKDAYS.items() if day]
    return {
        "doors": say_doors(session, office, named),
        "week": form if isinstance(form, WeekForm) else _asked_for(office),
        "stretches": STRETCHES,
    }


def _asked_for(office: Office) -> WeekForm:
    """Return the form for the door and day a link names; else the first door, and no day."""
    door, weekday = request.args.get("door", ""), request.args.get("day", "")
    known = {str(reception.id): reception for reception in office.receptions}
    reception = known.get(door) or next(iter(office.receptions), None)
    values: dict[str, object] = {"reception": str(reception.id) if reception else ""}
    if reception and weekday in {day.value for day in Weekday}:
        values |= {"weekdays": frozenset({Weekday(weekday)})}
        values |= fields_of(lines_of(reception, int(weekday)))
    return WeekForm(formdata=None, data=values)


def _write(session: Session, turn: Turn, form: WeekForm) -> None:
    door, days = form.reception.whole, form.to_days()
    keeping.set_days(session, turn.editor, door, days, form.to_lines(), now=now())


def _take_register(session: Session, turn: Turn, form: DayForm) -> None:
    keeping.take_register_day(session, turn.editor, form.reception.whole, form.to_day(), now=now())


def _say(word: str) -> str:
    return translate(current_locale(), word)


SUBJECT = Subject(
    name="hours",
    acts={"week": Act(WeekForm, _write), "register": Act(DayForm, _take_register)},
    describe=_describe,
)
