"""Whether a case is protected: marking it, and ending that after a second look."""

from typing import TypeVar

from flask import Response, abort, request

from nav_access.core.i18n.wording import N_
from nav_access.core.references import is_case_number
from nav_access.intake import handling
from nav_access.intake.codes import Flag
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.intake.protected import service
from nav_access.intake.protected.errors import NotTheirRole
from nav_access.intake.staff_queries import StaffCase
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.protected_forms import EndForm, ProtectForm
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.session import who

CHANGED = N_("Somebody acted on this case while you had it open. Look again, and press once more.")

Code = TypeVar("Code")

_FORMS: dict[str, type[CaseForm]] = {"protect": ProtectForm, "end": EndForm}


def protection(number: str) -> Response:
    """Show who may know of the case, or change it."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return _show(number)
    kind = _FORMS.get(request.form.get("do", ""))
    if kind is None:
        abort(400)
    form = kind()
    if not form.validate():
        return _show(number, form=form, status=422)
    return _act(number, form)


def restore_protection(number: str, typed: Fields) -> Response:
    """Show the page with what somebody typed before they had to sign in again; do nothing."""
    kind = _FORMS.get(typed.get("do", ""))
    return _show(number, form=kind(formdata=typed) if kind else None)


def _act(number: str, form: CaseForm) -> Response:
    turn = Turn(who(), number, form.version, form.to_submission())
    try:
        with unit_of_work() as session:
            if isinstance(form, EndForm):
                reason = _chosen(form.end_reason.data)
                service.end_protection(
                    session, turn, reason, form.text, keyring=keyring(), now=now()
                )
            elif isinstance(form, ProtectForm):
                why = _chosen(form.protect_reason.data)
                service.protect(session, turn, why, form.text, keyring=keyring(), now=now())
    except AlreadyDone:
        pass
    except (CaseNotFound, NotTheirRole):
        abort(404)
    except (CaseChanged, NotNow):
        return _show(number, form=form, notice=CHANGED, status=409)
    return see_other(f"/desk/cases/{number}")


def _chosen(value: Code | None) -> Code:
    if value is None:
        raise LookupError("the form is not valid")
    return value


def _show(
    number: str, *, form: CaseForm | None = None, notice: str | None = None, status: int = 200
) -> Response:
    case = _open(number)
    is_double = Flag.PROTECTED_PHONE in case.flags
    asked: list[type[CaseForm]] = [ProtectForm] * (is_double or not case.is_protected)
    asked += [EndForm] * case.is_protected
    forms = {one: form if type(form) is one else one(formdata=None) for one in asked}
    return show_desk(
        "protection.html",
        status=status,
        case=case,
        is_double=is_double,
        form=form if type(form) in forms else None,
        protect=forms.get(ProtectForm),
        end=forms.get(EndForm),
        notice=notice,
        claimer_stays=case.claimed_by not in (None, who().staff_id),
    )


def _open(number: str) -> StaffCase:
    """Read the case, which is logged; to whoever has not the role there is no such page."""
    try:
        with unit_of_work() as session:
            case = handling.open_case(session, who(), number, keyring=keyring(), now=now())
            if case.office_id not in who().protected_office_ids:
                abort(404)
            return case
    except CaseNotFound:
        abort(404)
