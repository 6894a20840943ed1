"""Duty lines in the reader's words: who answers now, until when, and when again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine, Office
from nav_access.offices.roster.queries import CoveringLine, find_cover
from nav_access.offices.roster.rules import standing_at
from nav_access.offices.rules import Interval
from nav_access.offices.staffed import Hours
from nav_access.offices.timetables import line_hours
from nav_access.web.shared.dates import MomentWords, say_list, say_moment, say_weekday
from nav_access.web.shared.hours import say_minutes
from nav_access.web.shared.texts import OfficeText, say_office_text

ANSWERS = N_("Somebody answers now.")
ANSWERS_AGAIN = MomentWords(
    today=N_("Nobody answers now. Ring from %(time)s today."),
    tomorrow=N_("Nobody answers now. Ring from %(time)s tomorrow, %(day)s."),
    later=N_("Nobody answers now. Ring from %(time)s on %(day)s."),
)
WORKING_DAYS = N_("Monday to Friday")

A_MONDAY = date(2024, 1, 1)
_WORKING_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class DayTimes:
    """Some days of the week with the same hours."""

    days: str
    times: str


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line as a page shows it. Without known hours nothing is said about who answers.

    `cover` is the line of another office that answers for it today.
    """

    phone: str
    is_staffed: bool | None
    standing: str | None
    week: tuple[DayTimes, ...]
    topic: OfficeText | None
    split: OfficeText | None
    after_hours_phone: str | None
    after_hours_note: OfficeText | None
    cover: CoveringLine | None = None

    @property
    def rank(self) -> int:
        """Order of showing: staffed now, itself or by another; not known; not staffed."""
        if self.cover is not None and self.cover.is_staffed:
            return 0
        return {True: 0, None: 1, False: 2}[self.is_staffed]


def say_lines(office: Office, at: datetime, locale: Locale) -> tuple[LineWords, ...]:
    """Return the office's lines for the public, those staffed now first."""
    public = (line for line in office.duty_lines if line.audience is DutyAudience.PUBLIC)
    return in_order(say_line(line, office.language, at, locale) for line in public)


def in_order(lines: Iterable[LineWords]) -> tuple[LineWords, ...]:
    """Return lines with those that are staffed first."""
    return tuple(sorted(lines, key=lambda line: line.rank))


def say_line(line: DutyLine, language: str, at: datetime, locale: Locale) -> LineWords:
    """Return one line in words; its office's own words are in `language`."""
    hours = line_hours(line)
    is_staffed, standing = _say_standing(hours, at, locale)
    cover = None if is_staffed else find_cover(line, at)
    is_covered = cover is not None and cover.is_staffed
    return LineWords(
        phone=line.phone,
        is_staffed=is_staffed,
        standing=standing,
        week=_say_week(hours.week_on(to_oslo(at).date()), locale),
        topic=say_office_text(line.topic, language, locale),
        split=say_office_text(line.split, language, locale),
        after_hours_phone=None if is_staffed or is_covered else line.after_hours_phone,
        after_hours_note=say_office_text(line.after_hours_note, language, locale),
        cover=cover,
    )


def _say_standing(hours: Hours, at: datetime, locale: Locale) -> tuple[bool | None, str | None]:
    if not hours.is_told:
        return None, None
    standing = standing_at([hours], at)
    if standing.is_staffed:
        return True, words_in(locale).text(ANSWERS)
    if standing.next_utc is None:
        return False, None
    return False, say_moment(standing.next_utc, locale, at, ANSWERS_AGAIN)


def _say_week(weekly: Mapping[int, tuple[Interval, ...]], locale: Locale) -> tuple[DayTimes, ...]:
    """Return the days with the same hours together, in the order of the week."""
    alike: dict[tuple[Interval, ...], list[int]] = {}
    for weekday in sorted(weekly):
        if weekly[weekday]:
            alike.setdefault(weekly[weekday], []).append(weekday)
    return tuple(
        DayTimes(
            _say_days(tuple(days), locale),
            say_list([say_minutes(interval, locale) for interval in intervals], locale),
        )
        for intervals, days in alike.items()
    )


def _say_days(days: tuple[int, ...], locale: Locale) -> str:
    if days == _WORKING_WEEK:
        return words_in(locale).text(WORKING_DAYS)
    return say_list([say_weekday(A_MONDAY + timedelta(days=n), locale) for n in days], locale)
