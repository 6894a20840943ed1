"""What somebody asks figures of: a period and a place, out of the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from babel.dates import format_date
from flask import abort, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_, words_in
from nav_access.stats.errors import PlaceNotTheirs
from nav_access.stats.periods import (
    Period,
    counted_month,
    last_month,
    list_months,
    list_weeks,
    read_period,
)
from nav_access.stats.scope import Scope, find_scope
from nav_access.web.reports.access import reader
from nav_access.web.shared.dates import babel_locale
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

ALL_OFFICES = N_("All offices")
OWN_OFFICES = N_("Your offices")
WEEK = N_("Week %(number)s, %(year)s")
IN_PLACE = N_("%(place)s, %(period)s")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what was asked for, the period that is counted for it, and the offices."""

    wanted: Period
    period: Period
    scope: Scope

    @property
    def is_other_period(self) -> bool:
        """Say whether another period is counted than was asked for."""
        return self.wanted != self.period

    @property
    def query(self) -> str:
        """What follows «?» in the address of the same question."""
        return query_of(self.wanted, self.scope.code)


def read_asked(session: Session, *, counts_people: bool) -> Asked:
    """Return what this request asks; a place that is not the reader's does not exist."""
    today = to_oslo(now()).date()
    wanted = read_period(request.args.get("period", "")) or last_month(today)
    period = counted_month(wanted, today) if counts_people else wanted
    try:
        scope = find_scope(session, reader(), request.args.get("place", ""), today=today)
    except PlaceNotTheirs:
        abort(404)
    return Asked(wanted, period, scope)


def query_of(period: Period, place: str) -> str:
    """Return what follows «?» in an address."""
    return urlencode({"period": period.code, "place": place})


def say_period(period: Period) -> str:
    """Say «October 2026», or the number of a week."""
    locale = current_locale()
    if not period.is_week:
        return format_date(period.first, "MMMM y", locale=babel_locale(locale))
    year, number, _ = period.first.isocalendar()
    return words_in(locale).text(WEEK, number=number, year=year)


def say_asked(asked: Asked) -> str:
    """Say of where and when the figures are."""
    words = words_in(current_locale())
    place = asked.scope.name or words.text(ALL_OFFICES if asked.scope.is_whole else OWN_OFFICES)
    return words.text(IN_PLACE, place=place, period=say_period(asked.period))


def list_periods() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the months and the weeks to choose among, as (code, words)."""
    today = to_oslo(now()).date()
    months = [(one.code, say_period(one)) for one in list_months(today)]
    return months, [(one.code, say_period(one)) for one in list_weeks(today)]
