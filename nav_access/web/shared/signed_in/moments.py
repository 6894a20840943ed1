"""When things happen and how long somebody has waited, in a caseworker's words."""

from datetime import date, datetime

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, N_n, words_in
from nav_access.web.shared.dates import AT, BEFORE, MomentWords, say_date, say_time

OVERDUE = MomentWords(
    today=N_("Overdue: promised before %(time)s today"),
    tomorrow=N_("Overdue: promised before %(time)s on %(day)s"),
    later=N_("Overdue: promised before %(time)s on %(day)s"),
)
_MINUTES = N_n("%(num)s minute", "%(num)s minutes")
_HOURS = N_n("%(num)s hour", "%(num)s hours")
_DAYS = N_n("%(num)s day", "%(num)s days")
_HOUR, _DAY = 60, 24 * 60


def say_promise(deadline: datetime, locale: Locale, today: date, *, is_overdue: bool) -> str:
    """Say by when the person was promised an answer, and whether that has passed."""
    return _say(deadline, locale, today, OVERDUE if is_overdue else BEFORE)


def say_at(instant: datetime, locale: Locale, today: date) -> str:
    """Say when something happened."""
    return _say(instant, locale, today, AT)


def say_wait(minutes: int, locale: Locale) -> str:
    """Say how long somebody has waited, in the one unit that fits."""
    count = words_in(locale).count
    if minutes < _HOUR:
        return count(*_MINUTES, minutes)
    if minutes < 2 * _DAY:
        return count(*_HOURS, minutes // _HOUR)
    return count(*_DAYS, minutes // _DAY)


def say_spent(minutes: int, locale: Locale) -> str:
    """Say how long was worked, exactly: what was counted must be found again in it."""
    return words_in(locale).count(*_MINUTES, minutes)


def _say(instant: datetime, locale: Locale, today: date, words: MomentWords) -> str:
    day = to_oslo(instant).date()
    chosen = {0: words.today, 1: words.tomorrow}.get((day - today).days, words.later)
    values = {"time": say_time(instant), "day": say_date(day, locale, today)}
    return words_in(locale).text(chosen, **values)
