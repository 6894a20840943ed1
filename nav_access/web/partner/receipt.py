"""What was sent, and the person's own page to print or hand over: the code stands on it once."""

from flask import Response
from markupsafe import Markup

from nav_access.core.i18n.locales import Locale
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.queries import Helper, list_helpers
from nav_access.intake.applications import Receipt
from nav_access.web.partner.access import membership
from nav_access.web.shared.for_person import say_for_person
from nav_access.web.shared.helping_words import say_helps, say_scopes
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.pages import show_at_door


def show_receipt(receipt: Receipt, person: Locale, name: str | None) -> Response:
    """Return the answer to a request that was sent; nothing gives the code a second time."""
    with read_session() as session:
        helpers = list_helpers(session, receipt.number, now())
    return show_at_door(
        "partner/sent.html",
        number=receipt.number,
        name=name,
        agency=membership().agency_name,
        person=person,
        is_repeat=receipt.key is None,
        for_person=say_for_person(
            receipt,
            person,
            help_lines=[line for helper in helpers for line in _say_helper(helper, person)],
            is_helper_rung=any(Scope.CALLED in helper.scope for helper in helpers),
        ),
    )


def _say_helper(helper: Helper, person: Locale) -> tuple[Markup, ...]:
    helps = say_helps(helper.agency, helper.until_utc, person, now())
    return (helps, *say_scopes(helper.scope, helper.agency, person))
