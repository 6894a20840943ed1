"""What was sent, and the person's own page to print or hand over: the code stands on it once."""

from flask import Response
from markupsafe import Markup

from nav_access.core.i18n.locales import Locale
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.queries import Helper, list_helpers
from nav_access.intake.applications import Receipt
from nav_access.web.partner.access import membership
from nav_access.web.shared.helping_words import say_helps, say_scopes
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.promises import WE_CONTACT, look_up_office, say_promise
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.templating import render


def show_receipt(receipt: Receipt, code: str | None, person: Locale, name: str | None) -> Response:
    """Return the answer to a request that was sent; nothing gives the code a second time."""
    return show_at_door(
        "partner/sent.html",
        number=receipt.number,
        name=name,
        agency=membership().agency_name,
        person=person,
        is_repeat=code is None,
        for_person=_say_for_person(receipt, code, person),
    )


def _say_for_person(receipt: Receipt, code: str | None, person: Locale) -> Markup:
    """Return what is handed over, in the person's language."""
    with read_session() as session:
        office = look_up_office(session, receipt.office_id, now())
        helpers = list_helpers(session, receipt.number, now())
    deadline = receipt.promise.deadline_utc
    text = render(
        "partner/for_person.html",
        person,
        receipt=receipt,
        code=code,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        office=office,
        promise=say_promise(deadline, receipt.reach, person, now()),
        is_contacted=receipt.reach in WE_CONTACT,
        needs_night_numbers=office.needs_night_numbers(deadline, now()),
        is_helper_rung=any(Scope.CALLED in helper.scope for helper in helpers),
        help_lines=[line for helper in helpers for line in _say_helper(helper, person)],
    )
    return Markup(text)  # noqa: S704 - a page of ours, escaped where it was made


def _say_helper(helper: Helper, person: Locale) -> tuple[Markup, ...]:
    helps = say_helps(helper.agency, helper.until_utc, person, now())
    return (helps, *say_scopes(helper.scope, helper.agency, person))
