"""A booked time in words: on the pages, and in the person's own calendar."""

from datetime import datetime

from nav_access.appointments.codes import BookingKind, BookingState
from nav_access.appointments.queries import BookedTime
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in
from nav_access.web.shared.calendar_file import CalendarEntry
from nav_access.web.shared.dates import MomentWords, say_moment, say_time

RING = MomentWords(
    today=N_("We will ring you between %(time)s and %(end)s today."),
    tomorrow=N_("We will ring you between %(time)s and %(end)s tomorrow, %(day)s."),
    later=N_("We will ring you between %(time)s and %(end)s on %(day)s."),
)
"""For a call, and for what rules have planned: within a time."""

TALK = MomentWords(
    today=N_("We will ring you at %(time)s today."),
    tomorrow=N_("We will ring you at %(time)s tomorrow, %(day)s."),
    later=N_("We will ring you at %(time)s on %(day)s."),
)

MEET = MomentWords(
    today=N_("Come to the office at %(time)s today."),
    tomorrow=N_("Come to the office at %(time)s tomorrow, %(day)s."),
    later=N_("Come to the office at %(time)s on %(day)s."),
)

WORDS = {BookingKind.CALLBACK: RING, BookingKind.PHONE: TALK, BookingKind.OFFICE: MEET}

TITLES = {
    BookingKind.CALLBACK: N_("Phone call"),
    BookingKind.PHONE: N_("Phone call"),
    BookingKind.OFFICE: N_("Appointment"),
}
"""What stands in a calendar that others may see."""


def say_booking(booking: BookedTime, locale: Locale, now: datetime) -> str:
    """Say when and how we meet or ring."""
    return say_within(booking.starts_utc, booking.ends_utc, locale, now, WORDS[booking.kind])


def say_within(
    starts: datetime, ends: datetime, locale: Locale, now: datetime, words: MomentWords = RING
) -> str:
    """Say from when to when."""
    return say_moment(starts, locale, now, words, end=say_time(ends))


def calendar_entry(booking: BookedTime, place: str | None, locale: Locale) -> CalendarEntry:
    """Return a booking as it stands in a calendar; `place` only where it may be told."""
    return CalendarEntry(
        uid=booking.uid,
        sequence=booking.sequence,
        changed_utc=booking.changed_utc,
        starts_utc=booking.starts_utc,
        ends_utc=booking.ends_utc,
        title=words_in(locale).text(TITLES[booking.kind]),
        place=place,
        is_cancelled=booking.state is BookingState.CANCELLED,
    )
