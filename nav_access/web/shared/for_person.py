"""What is handed over to a person whose request somebody else sent, in the person's language."""

from collections.abc import Sequence

from flask import request
from markupsafe import Markup

from nav_access.core.i18n.locales import Locale
from nav_access.core.references import group_code
from nav_access.intake.applications import Receipt
from nav_access.web.shared.installation import installation, now, read_session
from nav_access.web.shared.promises import WE_CONTACT, look_up_office, say_promise
from nav_access.web.shared.templating import render


def say_for_person(
    receipt: Receipt,
    person: Locale,
    *,
    help_lines: Sequence[Markup] = (),
    is_helper_rung: bool = False,
) -> Markup:
    """Return the receipt, with the code where it has one, and where the case is followed."""
    with read_session() as session:
        office = look_up_office(session, receipt.office_id, now())
    deadline = receipt.promise.deadline_utc
    text = render(
        "components/for_person.html",
        person,
        receipt=receipt,
        code=group_code(receipt.number, receipt.key) if receipt.key else None,
        number=f"{receipt.number[:4]} {receipt.number[4:]}",
        office=office,
        promise=say_promise(deadline, receipt.reach, person, now()),
        is_contacted=receipt.reach in WE_CONTACT,
        needs_night_numbers=office.needs_night_numbers(deadline, now()),
        address=say_case_address(person),
        is_helper_rung=is_helper_rung,
        help_lines=help_lines,
    )
    return Markup(text)  # noqa: S704 - a page of ours, escaped where it was made


def say_case_address(person: Locale) -> str:
    """Return the address of the page for a case code, as people type it."""
    site = installation().settings.messages.public_url or request.host_url
    known = site.removeprefix("https://").removeprefix("http://").rstrip("/")
    return f"{known}/{person.path}/case"
