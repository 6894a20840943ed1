"""The first page of those who follow up: choose when and where, then what to look at."""

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.stats.scope import list_choices
from nav_access.web.reports.access import reader
from nav_access.web.reports.asking import list_periods, read_asked, say_asked
from nav_access.web.reports.subjects import SUBJECTS
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.pages import show_at_door


def home() -> Response:
    """Show what can be chosen, and the subjects for what was."""
    with read_session() as session:
        asked = read_asked(session, counts_people=False)
        choices = list_choices(session, reader(), today=to_oslo(now()).date())
    months, weeks = list_periods()
    return show_at_door(
        "reports/home.html",
        asked=asked,
        shown=say_asked(asked),
        months=months,
        weeks=weeks,
        choices=choices,
        sees_all=reader().sees_all,
        subjects=SUBJECTS,
    )
