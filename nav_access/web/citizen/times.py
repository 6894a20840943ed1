"""The times somebody may choose: a plain list grouped by day, the next free first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from nav_access.appointments.queries import FreeTime
from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.booking.choices import ANY_TODAY
from nav_access.web.citizen.offers import Offer
from nav_access.web.shared.dates import say_date, say_interval, say_time

ON_A_PAGE = 24
"""How many times are shown at once, by whole days: a list must fit a small phone."""

TODAY = N_("Today, %(day)s")
ANY_TIME_TODAY = N_("Any time today, before %(time)s")
NOT_CHOSEN = N_("I have not chosen yet")


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button: what it sends and what it says."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its free times."""

    words: str
    times: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The offer in the reader's words; `chosen` is what the page preselects."""

    chosen: str = ""
    loose: tuple[Choice, ...] = ()
    """What is not on any day of the list: any time today, nothing yet."""
    days: tuple[Day, ...] = field(default=())
    later: str | None = None
    """The day from which the next page goes on."""
    is_earlier_left_out: bool = False


def say_times(offer: Offer, chosen: str | None, locale: Locale, now: datetime) -> Times:
    """Put an offer into words. `chosen` is what was sent, None on a page not sent yet.

    A page not sent yet preselects «any time today» where it is offered, which takes nobody's
    seat. Otherwise, and whenever what was sent is not offered, nothing is chosen.
    """
    shown = _page_of(offer)
    days = tuple(_say_days(shown, locale, now))
    words = words_in(locale)
    loose = []
    if until := offer.any_today_until:
        loose.append(Choice(ANY_TODAY, words.text(ANY_TIME_TODAY, time=say_time(until))))
    preselected = chosen if chosen is not None else (ANY_TODAY if loose else "")
    offered = {one.value for one in loose} | {str(one.slot_id) for one in shown}
    if preselected not in offered or not loose:
        loose.append(Choice("", words.text(NOT_CHOSEN)))
    return Times(
        chosen=preselected if preselected in offered else "",
        loose=tuple(loose),
        days=days,
        later=_day_after(offer, shown),
        is_earlier_left_out=offer.since is not None or offer.is_nearest,
    )


def read_since(typed: str) -> date | None:
    """Return the day a page of times begins with; anything odd is the first there is."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _page_of(offer: Offer) -> tuple[FreeTime, ...]:
    """Return the times of as many whole days as fit a page, the first day always whole."""
    page: list[FreeTime] = []
    ahead = [one for one in offer.free if offer.since is None or _day_of(one) >= offer.since]
    for _, group in groupby(ahead, _day_of):
        day = list(group)
        if page and len(page) + len(day) > ON_A_PAGE:
            break
        page += day
    return tuple(page)


def _day_after(offer: Offer, shown: Sequence[FreeTime]) -> str | None:
    if not shown or offer.is_nearest:
        return None
    after = (_day_of(one) for one in offer.free if one.starts_utc > shown[-1].starts_utc)
    following = next(after, None)
    return following.isoformat() if following else None


def _day_of(time: FreeTime) -> date:
    return to_oslo(time.starts_utc).date()


def _say_days(shown: Sequence[FreeTime], locale: Locale, now: datetime) -> list[Day]:
    today, words = to_oslo(now).date(), words_in(locale)
    days = []
    for day, times in groupby(shown, _day_of):
        said = say_date(day, locale, today)
        label = words.text(TODAY, day=said) if day == today else said
        days.append(Day(label, tuple(_say_time(one, locale) for one in times)))
    return days


def _say_time(time: FreeTime, locale: Locale) -> Choice:
    return Choice(str(time.slot_id), say_interval(time.starts_utc, time.ends_utc, locale))
