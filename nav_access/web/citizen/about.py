"""Who runs this site, and what it is."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.facts import load_facts
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now
from nav_access.web.shared.pages import LONG, show
from nav_access.web.shared.templating import current_locale


def about() -> Response:
    """Show who answers for the site, and when its facts were last checked."""
    facts, today = load_facts(), to_oslo(now()).date()
    checked = say_date(facts.last_checked, current_locale(), today)
    return show("citizen/about.html", keep=LONG, checked=checked)
