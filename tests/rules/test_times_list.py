"""The list of times: grouped by day, paged by whole days, right on both changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.appointments.queries import FreeTime
from nav_access.core.clock import OSLO
from nav_access.core.i18n.locales import by_path
from nav_access.web.citizen.offers import Offer
from nav_access.web.citizen.times import ON_A_PAGE, Times, read_since, say_times

ENGLISH = by_path("en")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO).astimezone(UTC)


def free(*starts: datetime, minutes: int = 30) -> tuple[FreeTime, ...]:
    """Return free times beginning at these instants."""
    step = timedelta(minutes=minutes)
    return tuple(FreeTime(n, at.astimezone(UTC), at + step) for n, at in enumerate(starts, 1))


def listed(times: Times) -> list[str]:
    """Return the values of the times on a page, in order."""
    return [one.value for day in times.days for one in day.times]


def say(offer: Offer, chosen: str | None = None, now: datetime = NOW) -> Times:
    """Put an offer into English."""
    return say_times(offer, chosen, ENGLISH, now)


@given(st.lists(st.integers(0, 60 * 24 * 20), unique=True, max_size=120))
def test_every_time_is_on_one_page_in_order(minutes: list[int]):
    starts = [NOW + timedelta(minutes=one) for one in sorted(minutes)]
    offer, seen = Offer(free(*starts)), []
    since: str | None = ""
    while since is not None:
        page = say(Offer(offer.free, since=read_since(since)))
        seen += listed(page)
        since = page.later
    assert seen == [str(n) for n in range(1, len(starts) + 1)]


@given(st.integers(1, 100), st.integers(1, 40))
def test_a_day_is_never_cut_and_a_page_is_short(times: int, a_day: int):
    starts = [NOW + timedelta(days=n // a_day, minutes=5 * (n % a_day)) for n in range(times)]
    page = say(Offer(free(*starts)))
    assert all(len(day.times) == a_day for day in page.days[:-1])
    assert len(page.days) == 1 or len(listed(page)) <= ON_A_PAGE


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01:30 to 03:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30 to 02:30"),
    ],
)
def test_when_the_clock_changes_the_wall_clock_is_shown(day: datetime, shown: str):
    page = say(Offer(free(day, minutes=60)))
    assert page.days[0].times[0].words == shown


def test_around_midnight_the_day_is_the_local_one():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=OSLO)
    page = say(Offer(free(late, late + timedelta(minutes=30))))
    assert [day.words for day in page.days] == ["Today, Monday 23 November", "Tuesday 24 November"]


def test_any_time_today_is_chosen_only_on_a_page_not_sent_yet():
    offer = Offer(free(NOW), any_today_until=NOW + timedelta(hours=3))
    assert say(offer).chosen == "any_today"
    assert say(offer, "").chosen == ""
    assert say(offer, "any_today").chosen == "any_today"


def test_what_is_not_offered_any_more_is_not_chosen():
    page = say(Offer(free(NOW)), "77")
    assert page.chosen == ""
    assert page.loose[0].value == ""


def test_what_was_chosen_stays_chosen():
    assert say(Offer(free(NOW, NOW + timedelta(hours=1))), "2").chosen == "2"


@pytest.mark.parametrize("typed", ["", "x", "2026-02-30", "26-11-23", "2026-11-23T09:00"])
def test_an_odd_day_is_the_first_there_is(typed: str):
    assert read_since(typed) is None


def test_a_day_is_read():
    assert read_since("2026-11-23") == date(2026, 11, 23)
