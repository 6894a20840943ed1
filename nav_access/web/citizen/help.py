"""Ask for help: one page to fill in, and the receipt as its answer."""

from dataclasses import dataclass

from flask import Response, request

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.locales import by_path
from nav_access.core.i18n.wording import N_
from nav_access.intake import receipts, service
from nav_access.intake.codes import AcuteStatement, Need
from nav_access.intake.counting import count_request
from nav_access.intake.errors import DistrictNeeded, FormUsed, TooManyRequests
from nav_access.offices.cards import Answering, OfficeCard, find_answering, recall_answering
from nav_access.offices.queries import AfterHoursNumber, OfficeChoice
from nav_access.web.citizen.receipt import RECEIPT_FIELD, show_receipt, show_receipt_again
from nav_access.web.shared.addresses import client_address, is_shared_network
from nav_access.web.shared.fields import clean
from nav_access.web.shared.help_form import HelpForm, submission_of
from nav_access.web.shared.installation import (
    installation,
    keyring,
    now,
    read_session,
    unit_of_work,
)
from nav_access.web.shared.page_cache import HOLE
from nav_access.web.shared.pages import BRIEFLY, show
from nav_access.web.shared.promises import look_up_office
from nav_access.web.shared.templating import current_locale, use_locale

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")
TOO_MANY = N_("Many requests came from your network. Ring us, or try again in an hour.")
NOT_STORED = N_("We could not store your request. Ring us now. What you wrote is still below.")


def ask_for_help() -> Response:
    """Show the form, or take it: the answer to a request taken is its receipt."""
    if request.method != "POST":
        return _show_blank()
    if RECEIPT_FIELD in request.form:
        return show_receipt_again() or _show_blank()
    form = HelpForm()
    try:
        return _answer(form)
    except DistrictNeeded as needed:
        return _show(form, 422, choices=needed.offices)
    except FormUsed:
        form.renew_token()
        return _show(form, 422, notice=FORM_USED)
    except TooManyRequests:
        return _show(form, 429, notice=TOO_MANY)
    except DatabaseUnavailable:
        return _show(form, 503, notice=NOT_STORED)


def _answer(form: HelpForm) -> Response:
    if request.form.get("do") == "language":
        use_locale(by_path(request.form.get("to", "")) or current_locale())
        form.read_token()
        return _show(form, 200)
    return _take(form) if form.validate() else _answer_faulty(form)


def _show_blank() -> Response:
    needs = {clean(value) for value in request.args.getlist("need")}
    acute = {clean(value) for value in request.args.getlist("acute")}
    form = HelpForm(
        data={
            "need": frozenset(need for need in Need if need in needs),
            "acute": frozenset(statement for statement in AcuteStatement if statement in acute),
            "office": clean(request.args.get("office", ""))[:120],
            "speak": current_locale().endonym,
        }
    )
    return _show(form, 200, is_blank=request.method != "POST")


def _take(form: HelpForm) -> Response:
    submission, address = submission_of(form), client_address()
    application = form.to_application(current_locale())
    with unit_of_work() as session:
        receipt = service.receive(session, application, submission, keyring=keyring(), now=now())
        if not receipt.is_repeat:
            count_request(
                session,
                receipt,
                address=address,
                is_shared_network=is_shared_network(address),
                keyring=keyring(),
                now=now(),
            )
        office = look_up_office(session, receipt.office_id, now())
    return show_receipt(receipt, submission, office)


def _answer_faulty(form: HelpForm) -> Response:
    """Ask for what is missing; a form from long ago may have been taken already."""
    if form.handed_in is None or not form.handed_in.is_expired:
        return _show(form, 422)
    submission = submission_of(form)
    with read_session() as session:
        receipt = receipts.find_receipt(session, submission, keyring=keyring(), now=now())
    return show_receipt(receipt, submission) if receipt else _show(form, 422)


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is there to answer while the form is filled in."""

    is_staffed: bool = True
    numbers: tuple[AfterHoursNumber, ...] = ()
    office: OfficeCard | None = None


def _look_around(slug: str) -> Situation:
    """Return who answers at the chosen office, else at the contact centre."""
    found = recall_answering(installation().database.engine, slug) or _find_answering(slug)
    is_staffed = found.asked.is_answered(now())
    return Situation(is_staffed, () if is_staffed else found.asked.after_hours, found.office)


def _find_answering(slug: str) -> Answering:
    with read_session() as session:
        return find_answering(session, slug)


def _show(
    form: HelpForm,
    status: int,
    *,
    choices: tuple[OfficeChoice, ...] = (),
    notice: str | None = None,
    is_blank: bool = False,
) -> Response:
    situation = _look_around_if_possible(form.office.data)
    return show(
        "citizen/help.html",
        status=status,
        keep=BRIEFLY if is_blank else None,
        hole=form.scope,
        form=form,
        token=HOLE if is_blank else form.token_to_show(),
        is_staffed=situation.is_staffed,
        numbers=situation.numbers,
        office=situation.office,
        choices=choices,
        notice=notice,
        is_error=status != 200,
    )


def _look_around_if_possible(slug: str) -> Situation:
    """Return who answers; when the database is away too, the page must come all the same."""
    try:
        return _look_around(slug)
    except DatabaseUnavailable:
        if request.method != "POST":
            raise
        return Situation()
