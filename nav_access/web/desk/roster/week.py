"""The duty roster of an office: a week of it, its gaps, and what its manager changes."""

from datetime import date, timedelta

from flask import Response, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.keeping.errors import OfficeChanged
from nav_access.offices.models import Office
from nav_access.offices.roster.errors import (
    AlreadyDone,
    CoverAnswered,
    NotOnRoster,
    RosterChanged,
)
from nav_access.offices.roster.queries import get_version
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.changing import answer
from nav_access.web.desk.office.subjects import OfficeForm, Subject, beside_edition
from nav_access.web.desk.roster.acts import ACTS, OfficeUnclear
from nav_access.web.desk.roster.forms import RosterForm
from nav_access.web.desk.roster.looking import LINES
from nav_access.web.desk.roster.showing import Handed, show_roster
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import now

ONE_OFFICE = N_("Write the whole name of one other office, as it stands on its page.")
ANSWERED = N_(
    "Somebody answered this or took it back meanwhile. Nothing was stored. The page shows how it "
    "is now."
)


def roster() -> Response:
    """Show an office's week to those who work there, or do what its manager asks."""
    return answer(SUBJECT)


def restore_roster(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    act = ACTS.get(typed.get("do", ""))
    monday = read_monday(typed.get("week", ""))
    if act is None or not who().managed_office_ids:
        return show_roster(monday)
    form, office = act.form(formdata=typed), typed.get("office", "")
    return show_roster(monday, Handed(form, is_restored=True, office=office))


def read_monday(typed: str) -> date:
    """Return the Monday of the week a date is in; of this week when none is asked for."""
    today = to_oslo(now()).date()
    try:
        asked = date.fromisoformat(typed)
    except ValueError:
        asked = today
    if abs(asked - today) > FARTHEST:
        asked = today
    return asked - timedelta(days=asked.weekday())


def _draw(form: OfficeForm | None, status: int, _asked: str | None) -> Response:
    handed = Handed(form) if isinstance(form, RosterForm) else None
    return show_roster(read_monday(request.values.get("week", "")), handed, status=status)


def _version(session: Session, office: Office) -> str:
    return beside_edition(get_version(session, office.id), office)


FARTHEST = timedelta(days=731)
"""Weeks further away hold nothing anybody planned."""

SUBJECT = Subject(
    name="roster",
    acts=ACTS,
    asks={OfficeUnclear: ("by_office", ONE_OFFICE), CoverAnswered: ("token", ANSWERED)},
    version=_version,
    look=LINES,
    where="/desk/roster",
    draw=_draw,
    keeps=lambda _: {"week": read_monday(request.form.get("week", "")).isoformat()},
    changed=(RosterChanged, OfficeChanged),
    gone=(NotOnRoster,),
    done=(AlreadyDone,),
)
