"""When things happen and how long somebody has waited, in a caseworker's words."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, N_n
from nav_access.web.desk.said import forms_in, sentence_in
from nav_access.web.shared.dates import AT, BEFORE, MomentWords, say_date, say_time

OVERDUE = MomentWords(
    today=N_("Overdue: promised before %(time)s today"),
    tomorrow=N_("Overdue: promised before %(time)s on %(day)s"),
    later=N_("Overdue: promised before %(time)s on %(day)s"),
)
_MINUTES = N_n("%(num)s minute", "%(num)s minutes")
_HOURS = N_n("%(num)s hour", "%(num)s hours")
_DAYS = N_n("%(num)s day", "%(num)s days")
_HOUR, _TWO_DAYS = timedelta(hours=1), timedelta(days=2)


def say_deadline(deadline: datetime, locale: Locale, now: datetime) -> str:
    """Say by when the person was promised an answer, and whether that has passed."""
    return _say(deadline, locale, now, OVERDUE if deadline <= now else BEFORE)


def say_at(instant: datetime, locale: Locale, now: datetime) -> str:
    """Say when something happened."""
    return _say(instant, locale, now, AT)


def say_wait(since: datetime, locale: Locale, now: datetime) -> str:
    """Say how long ago something was, in the one unit that fits."""
    waited = max(now - since, timedelta())
    if waited < _HOUR:
        return _count(_MINUTES, waited // timedelta(minutes=1), locale)
    if waited < _TWO_DAYS:
        return _count(_HOURS, waited // _HOUR, locale)
    return _count(_DAYS, waited.days, locale)


def _count(words: tuple[str, str], number: int, locale: Locale) -> str:
    return forms_in(locale, *words).choose(number) % {"num": number}


def _say(instant: datetime, locale: Locale, now: datetime, words: MomentWords) -> str:
    day, today = to_oslo(instant).date(), to_oslo(now).date()
    chosen = {0: words.today, 1: words.tomorrow}.get((day - today).days, words.later)
    values = {"time": say_time(instant), "day": _day_words(day, locale, today)}
    return sentence_in(locale, chosen) % values


@lru_cache(maxsize=512)
def _day_words(day: date, locale: Locale, today: date) -> str:
    """Say a date; kept, because a queue's fifty rows share a few days."""
    return say_date(day, locale, today)
