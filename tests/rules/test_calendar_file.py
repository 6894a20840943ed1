"""Calendar files: read back by two libraries that did not write them; newer replace older."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from nav_access.core.clock import OSLO
from nav_access.web.shared.calendar_file import LINE_BYTES, CalendarEntry, write_calendar

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO).astimezone(UTC)
ENTRY = CalendarEntry(
    uid="5f" * 16,
    sequence=0,
    changed_utc=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
    starts_utc=TEN,
    ends_utc=TEN + timedelta(minutes=45),
    title="Appointment",
)
SAVED = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: TEN + timedelta(minutes=minutes))
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)


def event_of(entry: CalendarEntry) -> icalendar.Event:
    """Read the file with icalendar and return its only event."""
    calendar = icalendar.Calendar.from_ical(write_calendar(entry))
    (event,) = calendar.walk("VEVENT")
    return event


def test_icalendar_reads_the_time_in_norway():
    event = event_of(ENTRY)
    assert event["DTSTART"].dt == TEN
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=1)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert event["SUMMARY"] == "Appointment"


def test_vobject_reads_the_same():
    event = vobject.readOne(write_calendar(ENTRY).decode()).vevent
    assert event.dtstart.value == TEN
    assert event.dtend.value == ENTRY.ends_utc
    assert (event.uid.value, event.summary.value) == (ENTRY.uid, "Appointment")


@pytest.mark.parametrize("month", [1, 3, 7, 10])
def test_the_zone_in_the_file_is_norways_own(month: int):
    start = datetime(2027, month, 29, 12, 0, tzinfo=OSLO)
    written = vobject.readOne(
        write_calendar(replace(ENTRY, starts_utc=start, ends_utc=start)).decode()
    )
    zone = written.vtimezone.tzinfo
    naive = start.replace(tzinfo=None)
    assert zone.utcoffset(naive) == start.utcoffset()


@given(starts=SAVED)
def test_every_instant_is_read_back(starts: datetime):
    entry = replace(ENTRY, starts_utc=starts, ends_utc=starts + timedelta(minutes=30))
    event = event_of(entry)
    assert event["DTSTART"].dt == starts
    assert event["DTEND"].dt == entry.ends_utc


@pytest.mark.parametrize("minutes", range(-90, 120, 15))
def test_the_hour_that_comes_twice_is_told_apart(minutes: int):
    starts = datetime(2026, 10, 25, 1, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    entry = replace(ENTRY, starts_utc=starts, ends_utc=starts + timedelta(minutes=15))
    assert event_of(entry)["DTSTART"].dt.astimezone(UTC) == starts
    read = vobject.readOne(write_calendar(entry).decode()).vevent
    assert read.dtstart.value.astimezone(UTC) == starts


@given(title=WORDS, place=WORDS)
def test_any_words_are_read_back_and_lines_are_short(title: str, place: str):
    written = write_calendar(replace(ENTRY, title=title, place=place))
    assert max(map(len, written.split(b"\r\n"))) <= LINE_BYTES
    event = event_of(replace(ENTRY, title=title, place=place))
    assert event["SUMMARY"] == " ".join(title.split())
    assert event.get("LOCATION", "") == " ".join(place.split())


def test_arabic_is_folded_between_letters():
    title = "موعد " * 30
    written = write_calendar(replace(ENTRY, title=title))
    assert all(line.decode() for line in written.split(b"\r\n")[:-1])
    assert vobject.readOne(written.decode()).vevent.summary.value == title.strip()


def test_a_moved_time_replaces_and_a_cancelled_one_removes():
    moved = event_of(replace(ENTRY, sequence=1, starts_utc=TEN + timedelta(days=1)))
    gone = icalendar.Calendar.from_ical(
        write_calendar(replace(ENTRY, sequence=2, is_cancelled=True))
    )
    (event,) = gone.walk("VEVENT")
    assert moved["UID"] == event["UID"] == ENTRY.uid
    assert (moved["SEQUENCE"], event["SEQUENCE"]) == (1, 2)
    assert (gone["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_nothing_tells_who_we_are():
    written = write_calendar(ENTRY).decode().upper()
    assert "NAV" not in written
    assert "HTTP" not in written
