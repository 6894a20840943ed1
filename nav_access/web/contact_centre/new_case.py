"""Taking a request for a caller: the citizen's questions read aloud, and what to say at the end."""

from dataclasses import replace

from flask import Response, request

from nav_access.core.i18n.wording import N_
from nav_access.core.references import group_code
from nav_access.intake.applications import Receipt
from nav_access.intake.centre import looking
from nav_access.intake.codes import Channel, Reach
from nav_access.intake.errors import DistrictNeeded, FormUsed
from nav_access.offices.queries import OfficeChoice
from nav_access.web.contact_centre.access import operator
from nav_access.web.shared.fields import parse_phone
from nav_access.web.shared.help_form import submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import WE_CONTACT, look_up_office, say_promise
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.signed_in.request_form import RequestForm
from nav_access.web.shared.templating import current_locale

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")


def new_case() -> Response:
    """Show the questions, or store the request and show what to say to the caller."""
    if request.method != "POST":
        return _show(RequestForm(formdata=None))
    if request.form.get("do") == "begin":
        return _show(_begin(request.form.get("asked", "")))
    form = RequestForm()
    if not form.validate():
        return _show(form, status=422)
    try:
        return _take(form)
    except DistrictNeeded as needed:
        return _show(form, status=422, choices=needed.offices)
    except FormUsed:
        form.renew_token()
        return _show(form, status=422, notice=FORM_USED)


def restore_new_case(typed: Fields) -> Response:
    """Show the questions with what was typed before the operator had to sign in again."""
    return _show(RequestForm(formdata=typed), is_restored=True)


def _begin(asked: str) -> RequestForm:
    """Return the form with the number that was looked up and had no case."""
    phone = parse_phone(asked)
    known = {"phone": phone, "reach": Reach.CALL} if phone else {}
    return RequestForm(formdata=None, data=known)


def _take(form: RequestForm) -> Response:
    application = replace(form.to_application(form.language), channel=Channel.CONTACT_CENTRE)
    with unit_of_work() as session:
        receipt = looking.take_request(
            session,
            operator(),
            application,
            submission_of(form),
            keyring=keyring(),
            now=now(),
        )
    return _show_receipt(receipt, form)


def _show_receipt(receipt: Receipt, form: RequestForm) -> Response:
    """Show what to say. It is the answer to the form and has no address of its own."""
    with read_session() as session:
        office = look_up_office(session, receipt.office_id, now())
    deadline = receipt.promise.deadline_utc
    return show_at_door(
        "contact_centre/taken.html",
        receipt=receipt,
        code=group_code(receipt.number, receipt.key) if receipt.key else None,
        office=office,
        is_contacted=receipt.reach in WE_CONTACT,
        promise=say_promise(deadline, receipt.reach, current_locale(), now()),
        reads=form.language,
    )


def _show(
    form: RequestForm,
    *,
    status: int = 200,
    choices: tuple[OfficeChoice, ...] = (),
    notice: str | None = None,
    is_restored: bool = False,
) -> Response:
    return show_at_door(
        "contact_centre/new_case.html",
        status=status,
        form=form,
        choices=choices,
        notice=notice,
        is_restored=is_restored,
        token=form.token_to_show(),
    )
