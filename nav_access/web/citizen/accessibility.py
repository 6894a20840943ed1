"""The accessibility statement: what was tested when and with what, known faults, whom to tell."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.facts import load_facts
from nav_access.core.i18n.wording import N_
from nav_access.core.tested import CheckedWith, Record, UsedWith, load_record
from nav_access.feedback.rules import ANSWER_WITHIN
from nav_access.web.shared.dates import say_date, say_number
from nav_access.web.shared.installation import now
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.templating import current_locale

FAULTS = {
    "not_tested_by_people": N_("People with disabilities have not tested the pages yet."),
    "no_sign_language": N_(
        "Nothing here is in sign language. You can ask for a sign language interpreter."
    ),
    "offices_in_norwegian": N_("What the offices write themselves is mostly in Norwegian."),
    "found": N_("The figures above show where something did not work."),
}
"""By code: those in facts.toml, and the one that follows from the figures."""


def accessibility() -> Response:
    """Show the statement, as the record of the tests has it."""
    record, facts, locale = load_record(), load_facts(), current_locale()
    today = to_oslo(now()).date()
    return show(
        "citizen/accessibility.html",
        keep=LONG,
        tested=say_date(record.tested, locale, today),
        review=say_date(record.review, locale, today),
        tools=[_figures(one, pages=one.pages, faults=one.findings) for one in record.tools],
        clients=[
            _figures(one, tried=one.journeys, finished=one.finished) for one in record.clients
        ],
        faults=[FAULTS[code] for code in list_faults(record)],
        days=ANSWER_WITHIN.days,
        law=facts.accessibility.reference,
        authority=facts.accessibility.authority,
    )


def list_faults(record: Record) -> tuple[str, ...]:
    """Return the codes of what is not good enough."""
    has_findings = any(one.findings for one in record.tools)
    has_unfinished = any(one.finished < one.journeys for one in record.clients)
    found = ("found",) if has_findings or has_unfinished else ()
    return (*load_facts().accessibility.faults, *found)


def _figures(one: CheckedWith | UsedWith, **counts: int) -> dict[str, str]:
    """Return a line of the statement: a name and numbers as the language writes them."""
    counted = {**counts, "languages": len(one.languages)}
    said = {name: say_number(count, current_locale()) for name, count in counted.items()}
    return {"name": f"{one.name} {one.version}", **said}
