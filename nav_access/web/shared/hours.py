"""Opening hours in the reader's words; what is open when is decided by the offices room."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in
from nav_access.offices.codes import DayReason, Holiday
from nav_access.offices.rules import DayHours, Interval, OfficeHours, OpeningHours
from nav_access.web.shared.dates import MomentWords, say_date, say_moment, say_time, say_weekday
from nav_access.web.shared.texts import OfficeText, say_office_text

OPEN = N_("Open now, until %(time)s.")
OPENS = MomentWords(
    today=N_("Closed now. Opens at %(time)s today."),
    tomorrow=N_("Closed now. Opens at %(time)s tomorrow, %(day)s."),
    later=N_("Closed now. Opens at %(time)s on %(day)s."),
)
BY_APPOINTMENT = N_("Only with an appointment")
NOT_OPEN = N_("Not open for visits without an appointment. Ring, or ask for help here.")
NOT_KNOWN = N_("We do not know the opening hours. Ring before you go.")

UNUSUAL = N_("Not the usual hours")
PUBLIC_HOLIDAY = N_("Public holiday")

A_WEEK = timedelta(days=7)
AHEAD = timedelta(days=60)
MOST_DAYS_AHEAD = 6

HOLIDAYS = {
    Holiday.NEW_YEARS_DAY: "1. nyttårsdag",
    Holiday.MAUNDY_THURSDAY: "skjærtorsdag",
    Holiday.GOOD_FRIDAY: "langfredag",
    Holiday.EASTER_SUNDAY: "1. påskedag",
    Holiday.EASTER_MONDAY: "2. påskedag",
    Holiday.LABOUR_DAY: "1. mai",
    Holiday.CONSTITUTION_DAY: "17. mai",
    Holiday.ASCENSION_DAY: "Kristi himmelfartsdag",
    Holiday.PENTECOST: "1. pinsedag",
    Holiday.PENTECOST_MONDAY: "2. pinsedag",
    Holiday.CHRISTMAS_DAY: "1. juledag",
    Holiday.SECOND_CHRISTMAS_DAY: "2. juledag",
}
"""The names that stand on the door; a page in any language shows them as the Norwegian they are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether people may walk in now, and the sentence that says so."""

    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a table of hours."""

    name: str
    is_today: bool
    walk_in: tuple[str, ...]
    by_appointment: tuple[str, ...]
    is_appointment_only: bool
    mark: str | None
    holiday: OfficeText | None
    comments: tuple[OfficeText, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """A reception's days, today first, and what its office says about all of them."""

    days: tuple[DayLine, ...]
    comments: tuple[OfficeText, ...]


def say_standing(hours: OpeningHours | OfficeHours, at: datetime, locale: Locale) -> Standing:
    """Say whether a door is open at an instant, else when it opens, else what to do."""
    words = words_in(locale)
    closes = hours.closes_at(at)
    if closes:
        return Standing(is_open=True, words=words.text(OPEN, time=say_time(closes)))
    opens = hours.next_opening(at)
    if opens:
        return Standing(is_open=False, words=say_moment(opens, locale, at, OPENS))
    return Standing(is_open=False, words=words.text(_why_never(hours, to_oslo(at).date())))


def _why_never(hours: OpeningHours | OfficeHours, today: date) -> str:
    doors = hours.receptions if isinstance(hours, OfficeHours) else (hours,)
    if not any(door.entries for door in doors):
        return NOT_KNOWN
    week = (day for door in doors for day in door.week(today))
    return BY_APPOINTMENT if any(day.is_appointment_only for day in week) else NOT_OPEN


def make_timetable(hours: OpeningHours, today: date, language: str, locale: Locale) -> Timetable:
    """Return the seven days from today and the unusual ones after them."""
    after = hours.exceptions_from(today + A_WEEK)[:MOST_DAYS_AHEAD]
    days = (*hours.week(today), *(day for day in after if day.day <= today + AHEAD))
    shared = _said_of_all(days)
    lines = tuple(_say_day(day, today, language, locale, without=shared) for day in days)
    return Timetable(lines, _texts(shared, language, locale))


def _said_of_all(days: tuple[DayHours, ...]) -> tuple[str, ...]:
    """Return the comments when every day that offers anything has the same ones."""
    said = {day.comments for day in days if day.comments or not day.is_closed}
    return said.pop() if len(said) == 1 else ()


def _say_day(
    day: DayHours, today: date, language: str, locale: Locale, *, without: tuple[str, ...]
) -> DayLine:
    return DayLine(
        name=_name(day, today, locale),
        is_today=day.day == today,
        walk_in=tuple(say_minutes(times, locale) for times in day.walk_in),
        by_appointment=tuple(say_minutes(times, locale) for times in day.by_appointment),
        is_appointment_only=day.is_appointment_only,
        mark=_mark(day),
        holiday=say_office_text(_holiday(day), "nb", locale),
        comments=() if day.comments == without else _texts(day.comments, language, locale),
    )


def _name(day: DayHours, today: date, locale: Locale) -> str:
    is_usual = day.reason is DayReason.REGULAR
    return say_weekday(day.day, locale) if is_usual else say_date(day.day, locale, today)


def _holiday(day: DayHours) -> str | None:
    """Return the holiday's name unless the office has written it already."""
    name = HOLIDAYS.get(day.holiday) if day.holiday else None
    written = {comment.strip().casefold() for comment in day.comments}
    return None if name and name.casefold() in written else name


def _mark(day: DayHours) -> str | None:
    if day.holiday:
        return PUBLIC_HOLIDAY
    return UNUSUAL if day.reason is DayReason.EXCEPTION else None


def say_minutes(interval: Interval, locale: Locale) -> str:
    """Say from when to when, as the clock on the wall shows it; midnight at the end is 24:00."""
    return words_in(locale).text(
        N_("%(start)s to %(end)s"), start=_clock(interval.opens), end=_clock(interval.closes)
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _texts(comments: tuple[str, ...], language: str, locale: Locale) -> tuple[OfficeText, ...]:
    said = (say_office_text(comment, language, locale) for comment in comments)
    return tuple(text for text in said if text)
