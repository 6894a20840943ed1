"""Asking for help at a terminal: the citizen's own form; its answer is the receipt."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import Response, request
from werkzeug.datastructures import MultiDict

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.wording import N_
from nav_access.core.references import group_code
from nav_access.intake import receipts, service
from nav_access.intake.applications import Receipt, Submission
from nav_access.intake.codes import Channel
from nav_access.intake.counting import count_request
from nav_access.intake.errors import DistrictNeeded, FormUsed, TooManyRequests
from nav_access.offices.cards import OfficeCard, find_public_card, get_card
from nav_access.offices.queries import AfterHoursNumber, OfficeChoice
from nav_access.web.kiosk.pages import TYPING_S, asks, keep, show_kiosk, start_of
from nav_access.web.kiosk.terminal import VisitForm, at, go
from nav_access.web.shared.addresses import client_address
from nav_access.web.shared.forms import NOT_TYPED
from nav_access.web.shared.help_form import HelpForm, submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import WE_CONTACT, look_up_office, say_promise
from nav_access.web.shared.templating import current_locale

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")
TOO_MANY = N_("Many requests came from your network. Ring us, or try again in an hour.")
NOT_STORED = N_("We could not store your request. Ring us now. What you wrote is still below.")


class HelpAtKiosk(VisitForm, HelpForm):
    """The citizen's form, of this visit alone."""

    scope = VisitForm.scope


def blank() -> Response:
    """Show the form."""
    return _show(HelpAtKiosk(data={"office": at().slug, "speak": current_locale().endonym}))


def send() -> Response:
    """Take the form, or draw it again with what was typed and as much time as before."""
    form = HelpAtKiosk()
    if request.form.get("do") == "more":
        form.read_token()
        return _draw_again(form, 200)
    try:
        return _take(form) if form.validate() else _draw_again(form, 422)
    except DistrictNeeded as needed:
        return _draw_again(form, 422, choices=needed.offices)
    except FormUsed:
        form.renew_token()
        return _draw_again(form, 422, notice=FORM_USED)
    except TooManyRequests:
        return _draw_again(form, 429, notice=TOO_MANY)
    except DatabaseUnavailable:
        return _show(form, 503, notice=NOT_STORED)


def _take(form: HelpAtKiosk) -> Response:
    """Store the request; a reception is a network that many share."""
    submission = submission_of(form)
    application = replace(form.to_application(current_locale()), channel=Channel.KIOSK)
    with unit_of_work() as session:
        receipt = service.receive(session, application, submission, keyring=keyring(), now=now())
        if not receipt.is_repeat:
            count_request(
                session,
                receipt,
                address=client_address(),
                is_shared_network=True,
                keyring=keyring(),
                now=now(),
            )
    return _show_receipt(receipt, submission)


def _show_receipt(receipt: Receipt, submission: Submission) -> Response:
    keep("receipt", number=receipt.number, once=submission.once.hex(), key_id=submission.key_id)
    with read_session() as session:
        office = look_up_office(session, receipt.office_id, now())
    deadline = receipt.promise.deadline_utc
    return show_kiosk(
        "receipt",
        clears=asks(),
        receipt=receipt,
        code=group_code(receipt.number, receipt.key) if receipt.key else None,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        office=office,
        promise=say_promise(deadline, receipt.reach, current_locale(), now()),
        is_contacted=receipt.reach in WE_CONTACT,
        needs_night_numbers=office.needs_night_numbers(deadline, now()),
    )


def show_receipt_again(kept: Mapping[str, str]) -> Response:
    """Show the receipt to whoever is still there."""
    submission = Submission(bytes.fromhex(kept["once"]), kept["key_id"])
    with read_session() as session:
        found = receipts.find_receipt_of_case(
            session, kept["number"], submission, keyring=keyring(), now=now()
        )
    return _show_receipt(found, submission) if found else go(start_of())


def show_help_again(kept: Mapping[str, str]) -> Response:
    """Show the form with what was sent of it once, to whoever is still there."""
    typed = MultiDict(parse_qsl(kept["typed"], keep_blank_values=True))
    return _show(HelpAtKiosk(formdata=typed))


def _draw_again(
    form: HelpAtKiosk,
    status: int,
    *,
    choices: tuple[OfficeChoice, ...] = (),
    notice: str | None = None,
) -> Response:
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_TYPED]
    keep("help", typed=urlencode(typed))
    return _show(form, status, choices=choices, notice=notice)


def _show(
    form: HelpAtKiosk,
    status: int = 200,
    *,
    choices: tuple[OfficeChoice, ...] = (),
    notice: str | None = None,
) -> Response:
    office, numbers = _look_around(form.office.data)
    return show_kiosk(
        "help",
        status=status,
        clears=asks("help", TYPING_S),
        form=form,
        choices=choices,
        notice=notice,
        numbers=numbers,
        office=office,
        is_error=status != 200,
    )


def _look_around(slug: str) -> tuple[OfficeCard | None, tuple[AfterHoursNumber, ...] | None]:
    """Return the office that is written to, and whom to ring while nobody answers here.

    When the database is away the form must come all the same, with what was typed.
    """
    try:
        with read_session() as session:
            here, asked = get_card(session, at().office_id), find_public_card(session, slug)
    except DatabaseUnavailable:
        return None, None
    return asked, None if here.is_answered(now()) else here.after_hours
