"""The plan of a case: its steps, a new one, one changed, done or taken out."""

from flask import Response, abort, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.locales import by_tag
from nav_access.core.i18n.wording import N_
from nav_access.core.references import is_case_number
from nav_access.intake import handling
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.intake.sides import plan as room
from nav_access.intake.sides.errors import (
    AfterPromise,
    DayPassed,
    NothingChanged,
    NotTheirSide,
    NotTheirWay,
    StepGone,
    TooManySteps,
)
from nav_access.intake.sides.kept import side_at
from nav_access.intake.sides.plan import MOST_STEPS, Step
from nav_access.intake.sides.queries import get_plan
from nav_access.intake.staff_queries import StaffCase
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.plan_forms import StepActForm, StepForm
from nav_access.web.desk.sides_page import list_since
from nav_access.web.shared.dates import say_day
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.plan_words import STEPS
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.session import STAFF_LOCALES, who
from nav_access.web.shared.templating import current_locale

FACTS: dict[type[Exception], str] = {
    CaseChanged: N_(
        "Somebody acted on this case while you had it open. Look again, and press once more."
    ),
    NotNow: N_("As the case stands now, this cannot be done. Nothing was stored."),
    NotTheirSide: N_("Only those who work at the office of the case make its plan."),
    NothingChanged: N_("It stood so already. Nothing was changed."),
    DayPassed: N_("This day has gone by. Choose another day, or say first that the step is done."),
    AfterPromise: N_(
        "We have promised to contact the person before this day, and nobody has spoken with them "
        "yet. Choose an earlier day, or ring them first."
    ),
    NotTheirWay: N_(
        "The person has not said that we may ring them. Choose another step, or write in your "
        "own words how they hear from us."
    ),
    StepGone: N_("There is no such step in the plan any more."),
    TooManySteps: N_("The plan is as long as it can be. Take a step out first."),
}
"""What is in the way, in words; nothing was stored."""


def plan(number: str) -> Response:
    """Show the plan, or do what one of its forms asks."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return _show(number)
    act = request.form.get("do", "")
    if act not in _ACTS:
        abort(400)
    form = _form(act)()
    if not form.validate():
        return _show(number, form=form, status=422)
    return _act(number, act, form)


def restore_plan(number: str, typed: Fields) -> Response:
    """Show the plan with what somebody typed before they had to sign in again; do nothing."""
    act = typed.get("do", "")
    return _show(number, form=_form(act)(formdata=typed) if act in _ACTS else None)


def _act(number: str, act: str, form: CaseForm) -> Response:
    turn = Turn(who(), number, form.version, form.to_submission())
    try:
        with unit_of_work() as session:
            _run(session, turn, act, form)
    except AlreadyDone:
        pass
    except CaseNotFound:
        abort(404)
    except tuple(FACTS) as fact:
        return _show(number, form=form, notice=FACTS[type(fact)], status=409)
    return see_other(f"/desk/cases/{number}/plan")


def _run(session: Session, turn: Turn, act: str, form: CaseForm) -> None:
    if isinstance(form, StepForm):
        if act == "add":
            room.add_step(session, turn, form.to_wish(), keyring=keyring(), now=now())
        else:
            room.change_step(
                session, turn, form.step_id, form.to_wish(), keyring=keyring(), now=now()
            )
    elif isinstance(form, StepActForm) and act == "remove":
        room.remove_step(session, turn, form.step_id, keyring=keyring(), now=now())
    elif isinstance(form, StepActForm):
        is_done = act == "done"
        room.finish_step(session, turn, form.step_id, is_done=is_done, keyring=keyring(), now=now())


def _show(
    number: str, *, form: CaseForm | None = None, notice: str | None = None, status: int = 200
) -> Response:
    case, steps = _read(number)
    changed = _changed(steps, form)
    seen = form.version if form else case.version
    return show_desk(
        "plan.html",
        status=status,
        case=case,
        steps=[(step, by_tag(step.language or ""), _say_day(step)) for step in steps],
        step_words=STEPS,
        changed=changed,
        form=form if isinstance(form, StepForm) else _blank(case, changed),
        may_change="plan_changed" in case.acts and side_at(who(), case.office_id) is not None,
        is_full=len(steps) >= MOST_STEPS,
        notice=notice,
        since=list_since(case, seen) if status == 409 else (),
        written=_written_in(case),
    )


def _read(number: str) -> tuple[StaffCase, tuple[Step, ...]]:
    """Read the case, which is logged, and its plan, as of one moment."""
    try:
        with unit_of_work() as session:
            case = handling.open_case(
                session, who(), number, is_to_act=True, keyring=keyring(), now=now()
            )
            return case, get_plan(session, case, keyring=keyring())
    except CaseNotFound:
        abort(404)


def _say_day(step: Step) -> str | None:
    today = to_oslo(now()).date()
    return say_day(step.on_date, current_locale(), today) if step.on_date else None


def _changed(steps: tuple[Step, ...], form: CaseForm | None) -> Step | None:
    """Return the step whose form is open: the one handed in, else the one asked for."""
    asked = str(form.step_id) if isinstance(form, StepForm) else request.args.get("step", "")
    return next((step for step in steps if str(step.step_id) == asked), None)


def _blank(case: StaffCase, changed: Step | None) -> StepForm:
    if changed is not None:
        return StepForm.of(changed)
    return StepForm(
        formdata=None, side=side_at(who(), case.office_id), written_in=current_locale().tag
    )


def _written_in(case: StaffCase) -> dict[str, str]:
    """Return the languages own words may be in: the staff's, and the person's."""
    theirs = by_tag(case.language)
    offered = (*STAFF_LOCALES, *((theirs,) if theirs else ()))
    return {one.tag: one.endonym for one in offered}


def _form(act: str) -> type[StepForm] | type[StepActForm]:
    return StepForm if act in ("add", "change") else StepActForm


_ACTS = frozenset({"add", "change", "done", "open", "remove"})
