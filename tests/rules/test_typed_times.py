"""Days and times as people type them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.web.shared.signed_in.typed_times import parse_day, parse_time, show_day, to_instant

TODAY = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("24.12", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("24. 12.", date(2026, 12, 24)),
        ("24.12.26", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("٢٤.١٢", date(2026, 12, 24)),
        ("10.1", date(2027, 1, 10)),
        ("19.12", date(2026, 12, 19)),
        ("i dag", TODAY),
        ("I morgen", date(2026, 12, 21)),
        ("tomorrow", date(2026, 12, 21)),
        ("i morgon", date(2026, 12, 21)),
        ("30.2", None),
        ("29.2", None),
        ("24", None),
        ("24.12.99999", None),
        ("0.0", None),
        ("", None),
        ("1.2.3.4", None),
    ],
)
def test_a_day_is_read_as_it_is_meant(typed, expected):
    assert parse_day(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15:00", time(15)),
        ("15.30", time(15, 30)),
        ("kl. 9", time(9)),
        ("900", time(9)),
        ("1530", time(15, 30)),
        ("١٥:٣٠", time(15, 30)),
        ("24:00", None),
        ("12:60", None),
        ("", None),
        ("1:2:3", None),
        ("12345", None),
    ],
)
def test_a_time_is_read_as_it_is_meant(typed, expected):
    assert parse_time(typed) == expected


@given(st.text(max_size=40))
def test_nothing_typed_is_a_crash(typed):
    parse_day(typed, TODAY)
    parse_time(typed)


def test_the_day_shown_is_the_day_read():
    instant = datetime(2026, 12, 23, 23, 30, tzinfo=UTC)
    assert show_day(instant) == "24.12.2026"
    assert parse_day(show_day(instant), TODAY) == date(2026, 12, 24)


def test_a_typed_time_is_norways_in_winter_and_summer():
    assert to_instant(date(2026, 12, 24), time(15)).astimezone(UTC).hour == 14
    assert to_instant(date(2026, 7, 1), time(15)).astimezone(UTC).hour == 13
