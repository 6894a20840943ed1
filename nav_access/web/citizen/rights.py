"""Your rights: three told with how to use them, the others in a line; each with its source."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.facts import load_facts
from nav_access.core.i18n.wording import N_
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.templating import current_locale

RIGHTS = {
    "everyone_staying": N_(
        "You can ask for help wherever you are in Norway. "
        "The municipality where you are staying is responsible."
    ),
    "same_day": N_(
        "With no food, no power or nowhere to sleep, the office must look at your case the same "
        "day. The law does not say so in these words. It follows from several rules, and those "
        "who check the offices measure them by it."
    ),
    "financial_support": N_(
        "You have a right to money to live on when you cannot support yourself. "
        "In special cases the office can also help with other costs."
    ),
    "temporary_housing": N_(
        "The municipality must find you a place to stay for now when you cannot find one. "
        "It does not matter why you have none."
    ),
    "advice": N_("You have a right to information, advice and guidance."),
    "sound_services": N_("The help you get must be good enough."),
    "helper": N_("Somebody can help you or act for you, if you agree to it."),
    "confidentiality": N_("The staff must keep secret what you tell them."),
    "without_lawful_stay": N_(
        "Without a permit to stay you still get advice. In an emergency you can get money and "
        "a place to stay for a short time."
    ),
}
"""By the key of the reference in facts.toml; in the order people need them."""


def rights() -> Response:
    """Show the rights, how to complain, and when somebody last checked the law."""
    facts, locale = load_facts(), current_locale()
    return show(
        "citizen/rights.html",
        keep=LONG,
        rights=[(text, facts.law[key]) for key, text in RIGHTS.items()],
        checked=say_date(facts.last_checked, locale, to_oslo(now()).date()),
    )
