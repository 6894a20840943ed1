"""Privacy: what is stored, why, for how long, who reads it, and what you can do."""

from datetime import timedelta

from flask import Response

from nav_access.core.facts import load_facts
from nav_access.core.retention import CASES
from nav_access.feedback.rules import KEPT_AFTER_ANSWER
from nav_access.web.shared.pages import LONG, show

A_MONTH = timedelta(days=30)
A_YEAR = timedelta(days=365)


def privacy() -> Response:
    """Show the notice; its times are those that the clean-up keeps to."""
    return show(
        "citizen/privacy.html",
        keep=LONG,
        months_closed=_kept("closed") // A_MONTH,
        years_untouched=_kept("last_event") // A_YEAR,
        years_of_codes=_kept("erased") // A_YEAR,
        months_of_feedback=KEPT_AFTER_ANSWER // A_MONTH,
        authority=load_facts().data_protection_authority,
    )


def _kept(since: str) -> timedelta:
    """Return how long a case is kept from the moment that is called so."""
    return next(end.keep_for for end in CASES.ends if end.since == since)
