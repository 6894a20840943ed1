"""A booked time as a calendar file (RFC 5545): neutral, and newer files replace older ones.

Whoever looks at the phone's calendar sees a time and a plain word, never why or with whom,
unless the person said that we may tell who we are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from nav_access.core.clock import OSLO, to_oslo

MIME_TYPE = "text/calendar"
LINE_BYTES = 75
"""The most bytes of a line, its end not counted; longer ones are folded."""

# Norway's rules since 1996; bookings lie ahead of us, so older ones are not needed.
_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One time in a calendar. `sequence` rises when it is moved or cancelled."""

    uid: str
    sequence: int
    changed_utc: datetime
    starts_utc: datetime
    ends_utc: datetime
    title: str
    place: str | None = None
    is_cancelled: bool = False


def write_calendar(entry: CalendarEntry) -> bytes:
    """Return the file that adds, moves or removes one time."""
    return b"".join(_fold(line) + b"\r\n" for line in _lines(entry))


def _lines(entry: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Calendar//EN"
    yield f"METHOD:{'CANCEL' if entry.is_cancelled else 'PUBLISH'}"
    yield from _ZONE.splitlines()
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_in_utc(entry.changed_utc)}"
    yield f"DTSTART{_moment(entry.starts_utc)}"
    yield f"DTEND{_moment(entry.ends_utc)}"
    yield f"SUMMARY:{_escape(entry.title)}"
    if entry.place:
        yield f"LOCATION:{_escape(entry.place)}"
    # RFC 5546 wants an organizer; this address is the customary one that tells nothing.
    yield "ORGANIZER:invalid:nomail"
    yield "CLASS:PRIVATE"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _moment(instant: datetime) -> str:
    """Return a property's value in local time; in UTC for the hour that comes twice."""
    local = to_oslo(instant)
    if local.fold:
        return f":{_in_utc(instant)}"
    return f";TZID={OSLO.key}:{local:%Y%m%dT%H%M%S}"


def _in_utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> bytes:
    """Cut a long line so that each part has at most 75 bytes and no letter is cut in two."""
    parts: list[bytes] = [b""]
    for letter in line:
        encoded = letter.encode()
        if len(parts[-1]) + len(encoded) > LINE_BYTES:
            parts.append(b" ")
        parts[-1] += encoded
    return b"\r\n".join(parts)
