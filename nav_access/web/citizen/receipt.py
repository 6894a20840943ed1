"""The receipt: the promise, the case code, and what we will and will not do on the phone."""

from datetime import timedelta

from flask import Response

from nav_access.core.references import group_code
from nav_access.intake.applications import Receipt
from nav_access.web.citizen.promises import WE_CONTACT, OfficeToRing, look_up_office, say_promise
from nav_access.web.shared.installation import installation, now, read_session
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import current_locale

CASE_SCOPE = "case"
CASE_LIFETIME = timedelta(minutes=30)


def show_receipt(receipt: Receipt, token: str, office: OfficeToRing | None = None) -> Response:
    """Return the receipt page; `token`, the form's, shows it again in another language."""
    instant, locale = now(), current_locale()
    code = group_code(receipt.number, receipt.key) if receipt.key else None
    return show(
        "citizen/receipt.html",
        receipt=receipt,
        code=code,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        office=office or _find_office(receipt),
        promise=say_promise(receipt.promise.deadline_utc, receipt.reach, locale, instant),
        is_contacted=receipt.reach in WE_CONTACT,
        token=token,
        case_token=seal_case(receipt.number) if receipt.choices else None,
    )


def _find_office(receipt: Receipt) -> OfficeToRing:
    with read_session() as session:
        return look_up_office(session, receipt.office_id, now())


def seal_case(number: str, lifetime: timedelta = CASE_LIFETIME) -> str:
    """Return the hidden, encrypted, short-lived token that opens this case's next page."""
    return installation().sealed_tokens.seal({"number": number}, now(), lifetime, CASE_SCOPE)
