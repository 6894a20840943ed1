"""The receipt: the promise, the case code, and what we will and will not do on the phone."""

from datetime import timedelta

from flask import Response, request

from nav_access.core.i18n.locales import by_path
from nav_access.core.references import group_code
from nav_access.core.security.tokens import BadToken, ExpiredToken
from nav_access.intake import person, receipts
from nav_access.intake.applications import Receipt, Submission
from nav_access.intake.errors import CaseNotFound
from nav_access.web.shared.installation import (
    installation,
    keyring,
    now,
    read_session,
    unit_of_work,
)
from nav_access.web.shared.pages import show
from nav_access.web.shared.promises import (
    WE_CONTACT,
    OfficeToRing,
    look_up_office,
    say_promise,
)
from nav_access.web.shared.templating import current_locale, use_locale

CASE_SCOPE = "case"
CASE_LIFETIME = timedelta(minutes=30)

RECEIPT_FIELD = "receipt"
RECEIPT_SCOPE = "receipt"
LIST_LANGUAGES = "languages"
RECEIPT_LIFETIME = timedelta(hours=24)
"""For reading it in another language; the key is on it for fifteen minutes all the same."""


def show_receipt(
    receipt: Receipt, submission: Submission, office: OfficeToRing | None = None
) -> Response:
    """Return the receipt page."""
    instant, locale = now(), current_locale()
    found = office or _find_office(receipt)
    deadline = receipt.promise.deadline_utc
    return show(
        "citizen/receipt.html",
        receipt=receipt,
        code=group_code(receipt.number, receipt.key) if receipt.key else None,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        office=found,
        promise=say_promise(deadline, receipt.reach, locale, instant),
        is_contacted=receipt.reach in WE_CONTACT,
        needs_night_numbers=found.needs_night_numbers(deadline, instant),
        receipt_token=seal_receipt(receipt, submission),
        case_token=seal_case(receipt.number) if receipt.choices else None,
        lists_languages=request.form.get("do") == LIST_LANGUAGES,
    )


def show_receipt_again() -> Response | None:
    """Return the receipt in the language asked for, and write to the person in it from now on.

    None when the page it stood on is too old, or the request was taken back.
    """
    chosen, keys = by_path(request.form.get("to", "")), keyring()
    use_locale(chosen or current_locale())
    try:
        number, submission = open_receipt(request.form.get(RECEIPT_FIELD, ""))
        with unit_of_work() as session:
            receipt = receipts.find_receipt_of_case(
                session, number, submission, keyring=keys, now=now()
            )
            if chosen and receipt and not receipt.has_new_code:
                person.change_language(session, number, chosen.tag, keyring=keys, now=now())
    except (BadToken, ExpiredToken, CaseNotFound):
        return None
    return show_receipt(receipt, submission) if receipt else None


def seal_receipt(receipt: Receipt, submission: Submission) -> str:
    """Return the hidden, encrypted token with which the same page shows this receipt again."""
    payload = {
        "number": receipt.number,
        "once": submission.once.hex(),
        "key_id": submission.key_id,
    }
    tokens = installation().sealed_tokens
    return tokens.seal(payload, now(), RECEIPT_LIFETIME, RECEIPT_SCOPE)


def open_receipt(text: str) -> tuple[str, Submission]:
    """Return the case number and the form in such a token; raises BadToken, ExpiredToken."""
    payload = installation().sealed_tokens.open(text, now(), RECEIPT_SCOPE)
    return payload["number"], Submission(bytes.fromhex(payload["once"]), payload["key_id"])


def _find_office(receipt: Receipt) -> OfficeToRing:
    with read_session() as session:
        return look_up_office(session, receipt.office_id, now())


def seal_case(number: str, codes: int = 0, lifetime: timedelta = CASE_LIFETIME) -> str:
    """Return the hidden, encrypted, short-lived token that opens this case's next page.

    `codes`: how many new codes the case had got when its holder came in. With another one the
    page is shut: whoever has the code that was lost may be somebody else.
    """
    payload = {"number": number} | ({"codes": str(codes)} if codes else {})
    return installation().sealed_tokens.seal(payload, now(), lifetime, CASE_SCOPE)
