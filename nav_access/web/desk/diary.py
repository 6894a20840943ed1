"""The office's diary: who comes and who is rung on a day."""

from datetime import date, timedelta

from flask import Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.kiosk.arriving import list_come
from nav_access.web.desk.offices import read_office
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.typed_times import parse_day
from nav_access.web.shared.templating import current_locale
from nav_access.worklist.diary import list_diary

MOST_DAYS = 366


def diary() -> Response:
    """Show one day; today unless another was asked for."""
    today = to_oslo(now()).date()
    day = _read_day(request.args.get("day", ""), today)
    with read_session() as session:
        chosen = read_office(session)
        rows = list_diary(session, who(), chosen.office.id, day) if chosen else ()
        come = list_come(session, [row.booking.booking_id for row in rows], day)
    return show_desk(
        "diary.html",
        chosen=chosen,
        day=day,
        today=today,
        shown=say_date(day, current_locale(), today),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat(),
        rows=rows,
        come=come,
        begun=frozenset(row.booking.uid for row in rows if row.booking.starts_utc <= now()),
    )


def _read_day(typed: str, today: date) -> date:
    """Return the day asked for; 404 for one nobody has written anything in."""
    if not typed:
        return today
    day = parse_day(typed, today)
    if day is None or abs(day - today).days > MOST_DAYS:
        abort(404)
    return day
