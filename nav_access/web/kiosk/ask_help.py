"""Asking for help at a terminal: the citizen's own form; its answer is the receipt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import Response, request
from werkzeug.datastructures import MultiDict

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.wording import N_
from nav_access.core.references import group_code
from nav_access.intake import receipts, service
from nav_access.intake.applications import Submission
from nav_access.intake.codes import Channel
from nav_access.intake.counting import count_request
from nav_access.intake.errors import DistrictNeeded, FormUsed, TooManyRequests
from nav_access.offices.cards import OfficeCard, find_public_card, get_card
from nav_access.offices.queries import AfterHoursNumber
from nav_access.web.kiosk.pages import (
    TYPING_S,
    asks,
    present,
    present_unstored,
    show_kiosk,
    start_of,
)
from nav_access.web.kiosk.terminal import VisitForm, at, go
from nav_access.web.shared.addresses import client_address
from nav_access.web.shared.forms import NOT_TYPED, TOKEN
from nav_access.web.shared.help_form import HelpForm, submission_of
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import WE_CONTACT, look_up_office, say_promise
from nav_access.web.shared.templating import current_locale

FORM_USED = N_("You have sent one request from this page. Is this a new one? Press Send once more.")
TOO_MANY = N_("Many requests came from your network. Ring us, or try again in an hour.")
NOT_STORED = N_("We could not store your request. Ring us now. What you wrote is still below.")
NOTICES = {
    "": (None, 200),
    "faulty": (None, 422),
    "used": (FORM_USED, 422),
    "many": (TOO_MANY, 429),
    "away": (NOT_STORED, 503),
}


class HelpAtKiosk(VisitForm, HelpForm):
    """The citizen's form, of this visit alone."""

    scope = VisitForm.scope

    def judge(self) -> None:
        """Say what is left to do, of a form drawn again: its token has been spent."""
        self.validate()
        self[TOKEN].errors = []


def blank() -> Response:
    """Show the form."""
    return _show(HelpAtKiosk(data={"office": at().slug, "speak": current_locale().endonym}))


def send() -> Response:
    """Take the form, or draw it again with what was typed and as much time as before."""
    form = HelpAtKiosk()
    try:
        if request.form.get("do") == "more":
            return _draw_again()
        return _take(form) if form.validate() else _draw_again("faulty")
    except DistrictNeeded as needed:
        choices = json.dumps([{"slug": one.slug, "name": one.name} for one in needed.offices])
        return _draw_again("faulty", choices=choices)
    except FormUsed:
        return _draw_again("used")
    except TooManyRequests:
        return _draw_again("many")
    except DatabaseUnavailable:
        return _carry()


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
    return present(
        "receipt",
        number=receipt.number,
        once=submission.once.hex(),
        key_id=submission.key_id,
    )


def _draw_again(why: str = "", **facts: str) -> Response:
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_TYPED]
    return present("help", typed=urlencode(typed), why=why, **facts)


def _carry() -> Response:
    """Let the browser keep what was typed; its token too, for it may be stored nevertheless."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] != "do"]
    return present_unstored("help", typed=urlencode(typed), why="away")


def show_help(kept: Mapping[str, str]) -> Response:
    """Show the form with what was sent of it, and what is left to do."""
    typed = MultiDict(parse_qsl(kept["typed"], keep_blank_values=True))
    form = HelpAtKiosk(formdata=typed)
    form.read_token()
    notice, status = NOTICES[kept["why"]]
    if kept["why"] == "faulty":
        form.judge()
    return _show(form, status, choices=json.loads(kept.get("choices", "[]")), notice=notice)


def show_receipt(kept: Mapping[str, str]) -> Response:
    """Show the receipt; taken back meanwhile, it is not there."""
    submission = Submission(bytes.fromhex(kept["once"]), kept["key_id"])
    with read_session() as session:
        receipt = receipts.find_receipt_of_case(
            session, kept["number"], submission, keyring=keyring(), now=now()
        )
        office = look_up_office(session, receipt.office_id, now()) if receipt else None
    if receipt is None or office is None:
        return go(start_of())
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


def _show(
    form: HelpAtKiosk,
    status: int = 200,
    *,
    choices: Sequence[Mapping[str, str]] = (),
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
