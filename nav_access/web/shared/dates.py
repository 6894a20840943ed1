"""Days, times, numbers and lists in the reader's words.

Times are 24-hour with Western digits in every language, as clocks and doors in Norway show them.
Babel 2.18 carries stand-alone names (`c`, `L`) and skeletons from one language into another within
a process, so only the patterns of locales.toml are used, which hold nothing but EEEE, d, MMMM, y.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache, reduce

from babel import Locale as BabelLocale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in

YEAR_IS_CLEAR_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class MomentWords:
    """One whole sentence for each nearness of a moment, with %(time)s and, but today's, %(day)s."""

    today: str
    tomorrow: str
    later: str


BEFORE = MomentWords(
    today=N_("before %(time)s today"),
    tomorrow=N_("before %(time)s tomorrow, %(day)s"),
    later=N_("before %(time)s on %(day)s"),
)
AT = MomentWords(
    today=N_("%(time)s today"),
    tomorrow=N_("%(time)s tomorrow, %(day)s"),
    later=N_("%(time)s on %(day)s"),
)


def say_day(day: date, locale: Locale, today: date) -> str:
    """Say «today», «tomorrow», or the weekday and the date."""
    near = {0: N_("today"), 1: N_("tomorrow")}.get((day - today).days)
    return words_in(locale).text(near) if near else say_date(day, locale, today)


def say_date(day: date, locale: Locale, today: date) -> str:
    """Say the weekday and the date, with the year when it could be mistaken."""
    is_clear = abs(day - today) < YEAR_IS_CLEAR_FOR
    return _write_date(day, locale.day if is_clear else locale.dated, locale)


@lru_cache(maxsize=1000)
def _write_date(day: date, pattern: str, locale: Locale) -> str:
    if locale.weekdays:
        pattern = pattern.replace("EEEE", f"'{say_weekday(day, locale)}'")
    return format_date(day, pattern, locale=babel_locale(locale))


def say_weekday(day: date, locale: Locale) -> str:
    """Say the name of the day of the week."""
    if locale.weekdays:
        return locale.weekdays[day.weekday()]
    return format_date(day, "EEEE", locale=babel_locale(locale))


def say_time(moment: datetime | time) -> str:
    """Say a time of day: an aware instant as the clock in Norway shows it, a time as it is."""
    shown = to_oslo(moment) if isinstance(moment, datetime) else moment
    return f"{shown:%H:%M}"


def say_moment(
    instant: datetime, locale: Locale, now: datetime, words: MomentWords = BEFORE, **values: object
) -> str:
    """Say when something happens: «before 15:00 today» and so on, or a door's own sentences."""
    day, today = to_oslo(instant).date(), to_oslo(now).date()
    chosen = {0: words.today, 1: words.tomorrow}.get((day - today).days, words.later)
    said = {"time": say_time(instant), "day": say_date(day, locale, today)}
    return words_in(locale).text(chosen, **said, **values)


def say_interval(start: datetime | time, end: datetime | time, locale: Locale) -> str:
    """Say from when to when; in words, because a dash turns round between right-to-left words."""
    words = words_in(locale)
    return words.text(N_("%(start)s to %(end)s"), start=say_time(start), end=say_time(end))


def say_list(items: Sequence[str], locale: Locale) -> str:
    """Say several things: «a, b and c»."""
    if locale.listing and len(items) > 1:
        on, last = locale.listing
        return last.format(reduce(on.format, items[:-1]), items[-1])
    return format_list(items, "standard", locale=babel_locale(locale))


def say_number(number: float, locale: Locale) -> str:
    """Say a number with the language's separators and Western digits."""
    return format_decimal(number, locale=babel_locale(locale))


def say_percent(share: float, locale: Locale) -> str:
    """Say a share (0.25) as a whole percentage (25 %)."""
    return format_percent(share, locale=babel_locale(locale))


@cache
def babel_locale(locale: Locale) -> BabelLocale:
    """Return Babel's data for a language."""
    return BabelLocale.parse(locale.folder)
