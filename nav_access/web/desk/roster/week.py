"""The duty roster of an office: a week of it, its gaps, and what its manager changes."""

from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.roster.errors import (
    AlreadyDone,
    CoverAnswered,
    NotOnRoster,
    RosterChanged,
)
from nav_access.offices.roster.service import Editor
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.offices import Chosen, read_office
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.roster.acts import ACTS, Act, OfficeUnclear
from nav_access.web.desk.roster.forms import CoverForm, RosterForm
from nav_access.web.desk.roster.showing import Handed, show_roster
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import now, unit_of_work

ONE_OFFICE = N_("Write the whole name of one other office, as it stands on its page.")


def roster() -> Response:
    """Show an office's week to those who work there, or do what its manager asks."""
    if request.method != "POST":
        return show_roster(read_monday(request.args.get("week", "")))
    if not who().managed_office_ids:
        abort(404)
    act = ACTS.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate():
        return show_roster(_week(), Handed(form), status=422)
    return _act(act, form)


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


def _act(act: Act, form: RosterForm) -> Response:
    """Do it and show the week anew; or say what is in the way and keep what was typed."""
    try:
        with unit_of_work() as session:
            chosen = choose_managed(session)
            submission = form.to_submission().once
            editor = Editor(chosen.office.id, f"staff:{who().staff_id}", form.version, submission)
            act.run(session, editor, form)
    except AlreadyDone:
        pass
    except NotOnRoster:
        abort(404)
    except (RosterChanged, CoverAnswered) as fact:
        is_over = isinstance(fact, CoverAnswered)
        return show_roster(_week(), Handed(form, is_news=True, is_over=is_over), status=409)
    except OfficeUnclear:
        if isinstance(form, CoverForm):
            form.ask(form.by_office, ONE_OFFICE)
        return show_roster(_week(), Handed(form), status=422)
    return see_other(f"/desk/roster?{urlencode({'office': chosen.office.slug, 'week': _week()})}")


def choose_managed(session: Session) -> Chosen:
    """Return the office a change is about; to whoever does not manage it, it does not exist."""
    return read_office(session, who().managed_office_ids) or _not_found()


def _not_found() -> Chosen:
    abort(404)


def _week() -> date:
    return read_monday(request.form.get("week", ""))


FARTHEST = timedelta(days=731)
"""Weeks further away hold nothing anybody planned."""
