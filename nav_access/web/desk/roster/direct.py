"""Direct numbers: how an office gives them, the same for everybody, and how many got one."""

from datetime import timedelta
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.intake.direct_number.errors import (
    LineNotForPeople,
    PolicyChanged,
    PolicyIncomplete,
)
from nav_access.intake.direct_number.policy import get_policy, set_policy
from nav_access.intake.direct_number.queries import count_direct_numbers
from nav_access.intake.direct_number.rules import leaves_nobody_out
from nav_access.offices.codes import DutyAudience
from nav_access.offices.roster.errors import AlreadyDone
from nav_access.offices.roster.queries import list_office_lines
from nav_access.offices.roster.service import Editor
from nav_access.web.desk.direct_forms import (
    CHOOSE_OTHERS,
    DAY_TWICE,
    SLOTS,
    PolicyForm,
    fields_of,
)
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.offices import read_office
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.roster.week import choose_managed
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import now, read_session, unit_of_work

COUNTED = timedelta(days=30)
A_MOMENT = timedelta(seconds=1)
"""So that what happened just now is counted."""


def direct() -> Response:
    """Show the office's policy, or write it down; to whoever manages none it does not exist."""
    if not who().managed_office_ids:
        abort(404)
    if request.method != "POST":
        return _show()
    form = PolicyForm()
    return _save(form) if form.validate() else _show(form, 422)


def restore_direct(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    if not who().managed_office_ids:
        abort(404)
    return _show(PolicyForm(formdata=typed), restored=typed.get("office", ""))


def _save(form: PolicyForm) -> Response:
    try:
        with unit_of_work() as session:
            chosen = choose_managed(session)
            actor, once = f"staff:{who().staff_id}", form.to_submission().once
            editor = Editor(chosen.office.id, actor, form.version, once)
            set_policy(session, editor, form.chosen, form.to_lines(), now=now())
    except AlreadyDone:
        pass
    except PolicyChanged:
        return _show(form, 409)
    except LineNotForPeople:
        form.ask(form.others, CHOOSE_OTHERS)
        return _show(form, 422)
    except PolicyIncomplete:
        form.ask(form.split, DAY_TWICE)
        return _show(form, 422)
    return see_other(f"/desk/roster/direct?{urlencode({'office': chosen.office.slug})}")


def _show(
    form: PolicyForm | None = None, status: int = 200, *, restored: str | None = None
) -> Response:
    instant = now()
    with read_session() as session:
        managed = who().managed_office_ids
        chosen = read_office(session, managed, typed=restored) or abort(404)
        every = list_office_lines(session, chosen.office.id)
        policy = get_policy(session, chosen.office.id)
        until = instant + A_MOMENT
        counts = count_direct_numbers(session, chosen.office.id, until - COUNTED, until)
    lines = [line for line in every if line.audience is DutyAudience.PUBLIC][: len(SLOTS)]
    shown = fields_of(policy, [line.id for line in lines])
    drawn = form or PolicyForm(formdata=None, data=shown)
    return show_desk(
        "roster/direct.html",
        status=status,
        chosen=chosen,
        lines=lines,
        version=policy.version,
        counts=counts,
        form=drawn,
        is_whole=leaves_nobody_out(policy.split, policy.lines),
        is_news=status == 409,
        is_restored=restored is not None,
    )
