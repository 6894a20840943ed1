"""One case: what the person needs, how to reach them, what happened, and what to do about it."""

import re

from flask import Response, abort, request

from nav_access.core.i18n.wording import N_
from nav_access.core.references import is_case_number
from nav_access.intake import handling
from nav_access.intake.covering import read_as
from nav_access.intake.errors import (
    AlreadyDone,
    CaseChanged,
    CaseNotFound,
    DeadlinePassed,
    NotAnswered,
    NotNow,
    TimeStands,
)
from nav_access.intake.handling import Turn
from nav_access.intake.sides.errors import MayNotKeep
from nav_access.intake.staff_queries import StaffCase
from nav_access.web.desk import acts
from nav_access.web.desk.acts import Act
from nav_access.web.desk.case_forms import CaseForm, CloseForm, DeadlineForm, NoteForm
from nav_access.web.desk.case_page import show_case
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, unit_of_work

_SEQ = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)

PASSED = N_("Write a time that is still to come, within 60 days.")
NOT_YOUR_SIDE = N_("Choose your own side, the managers, or everybody.")
CANCEL_FIRST = N_("A time is booked. Cancel it first, or close the case when it is over.")
ANSWER_FIRST = N_("Log that you have spoken with the person first, or choose another reason.")


def case(number: str) -> Response:
    """Show the case, or do what one of its forms asks."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        before = read_before(request.args.get("before", ""))
        return show_case(_open(number, before), is_older=before is not None)
    act = acts.ACTS.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate():
        return show_case(_open(number), act=act, form=form, status=422)
    return _act(number, act, form)


def read_before(typed: str) -> int | None:
    """Return which event the timeline asked for comes before; None for the newest."""
    return int(typed) if _SEQ.fullmatch(typed) else None


def restore_case(number: str, typed: Fields) -> Response:
    """Show the case with what somebody typed before they had to sign in again; do nothing."""
    act = acts.ACTS.get(typed.get("do", ""))
    if act is None:
        return show_case(_open(number))
    return show_case(_open(number), act=act, form=act.form(formdata=typed), is_restored=True)


def _act(number: str, act: Act, form: CaseForm) -> Response:
    """Do it, and show the case as it is now; or say what is in the way and keep what was typed."""
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            turn = Turn(reader, number, form.version, form.to_submission())
            act.run(session, turn, form)
    except AlreadyDone:
        pass
    except (CaseChanged, NotNow):
        return show_case(_open(number), act=act, form=form, status=409)
    except CaseNotFound:
        abort(404)
    except (DeadlinePassed, MayNotKeep, NotAnswered, TimeStands) as fact:
        _ask(form, fact)
        return show_case(_open(number), act=act, form=form, status=422)
    return see_other(f"/desk/cases/{number}")


def _ask(form: CaseForm, fact: DeadlinePassed | MayNotKeep | NotAnswered | TimeStands) -> None:
    if isinstance(form, DeadlineForm):
        form.ask(form.day, PASSED)
    elif isinstance(form, NoteForm):
        form.ask(form.keep, NOT_YOUR_SIDE)
    elif isinstance(form, CloseForm):
        is_booked = isinstance(fact, TimeStands)
        form.ask(form.close_reason, CANCEL_FIRST if is_booked else ANSWER_FIRST)
    else:
        raise fact


def _open(number: str, before: int | None = None) -> StaffCase:
    """Read the case, which is logged in the same transaction."""
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            return handling.open_case(
                session, reader, number, before=before, keyring=keyring(), now=now()
            )
    except CaseNotFound:
        abort(404)
