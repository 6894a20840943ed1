"""A subject's page and its files: one question, asked of the room, drawn or sent."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.stats.periods import A_WEEK, Period, last_month
from nav_access.web.reports.asking import Asked, query_of, read_asked, say_asked, say_period
from nav_access.web.reports.files import send_table
from nav_access.web.reports.tables import MOST_ROWS, Report
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.pages import show_at_door

AHEAD = 8 * A_WEEK
"""So far rosters may be looked at."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: its word in addresses, its title and its report."""

    name: str
    title: str
    report: Callable[[Session, Asked], Report]
    counts_people: bool = True

    def page(self) -> Response:
        """Show the subject."""
        asked, report = self._ask()
        return show_at_door(
            "reports/subject.html",
            subject=self,
            asked=asked,
            report=report,
            most=MOST_ROWS,
            shown=say_asked(asked),
            wanted=say_period(asked.wanted),
            counted=say_period(asked.period),
            before=query_of(asked.period.before, asked.scope.code),
            after=self._after(asked),
        )

    def file(self, table: str) -> Response:
        """Send one of the subject's tables as a file."""
        asked, report = self._ask()
        found = next((one for one in report.tables if one.key == table), None)
        if found is None:
            abort(404)
        return send_table(found, self.name, asked.period)

    def _ask(self) -> tuple[Asked, Report]:
        with read_session() as session:
            asked = read_asked(session, counts_people=self.counts_people)
            return asked, self.report(session, asked)

    def _after(self, asked: Asked) -> str | None:
        """Return the question of the period after, None when it cannot be counted yet."""
        after = asked.period.after
        return query_of(after, asked.scope.code) if self._is_over(after) else None

    def _is_over(self, period: Period) -> bool:
        today = to_oslo(now()).date()
        if self.counts_people:
            return period.last <= last_month(today).last
        return period.first <= today + AHEAD
