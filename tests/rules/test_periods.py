"""Whole weeks and months of Norwegian days."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from nav_access.stats.periods import (
    counted_month,
    last_month,
    list_months,
    list_weeks,
    month_of,
    read_period,
    week_of,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


@given(DAYS)
def test_a_period_holds_its_day_and_is_read_back(day):
    for period in (week_of(day), month_of(day)):
        assert period.first <= day <= period.last
        assert read_period(period.code) == period
        assert (period.before.after, period.after.before) == (period, period)
        assert period.after.first - period.last == timedelta(days=1)
        assert period.since < period.until == period.after.since


@given(DAYS, DAYS)
def test_people_are_counted_in_whole_months_that_are_over(day, today):
    for period in (week_of(day), month_of(day)):
        found = counted_month(period, today)
        assert found == month_of(found.first)
        assert found.last < today
    assert counted_month(month_of(day), day + timedelta(days=40)) == month_of(day)


def test_a_month_is_of_norwegian_days_also_when_clocks_change():
    march = read_period("2026-03")
    assert (march.since.isoformat(), march.until.isoformat()) == (
        "2026-02-28T23:00:00+00:00",
        "2026-03-31T22:00:00+00:00",
    )


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-00", "2026-W54", "2026-W00", "2026-1", "٢٠٢٦-١١", "9999-12", "x"]
)
def test_what_is_no_period(code):
    assert read_period(code) is None


def test_what_there_is_to_choose():
    months, weeks = list(list_months(TODAY)), list(list_weeks(TODAY))
    assert (months[0].code, months[1], months[-1].code) == ("2026-11", last_month(TODAY), "2025-11")
    assert [weeks[0].code, weeks[2].code, weeks[-1].code] == ["2026-W50", "2026-W48", "2026-W40"]
