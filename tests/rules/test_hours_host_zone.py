"""The host's time zone changes nothing about what is open or staffed in Norway."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from nav_access.offices.codes import OpeningKind
from nav_access.offices.rules import Interval, OpeningEntry, OpeningHours, StaffedHours

ZONES = ("UTC", "Europe/Oslo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")
MONDAY = OpeningEntry(OpeningKind.WALK_IN, weekday=0, interval=Interval(540, 900))


@pytest.fixture(params=ZONES)
def host_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def test_open_now_is_norways_now(host_zone: str) -> None:
    hours = OpeningHours((MONDAY,))
    assert hours.is_open(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)), host_zone
    assert not hours.is_open(datetime(2026, 11, 23, 14, 0, tzinfo=UTC)), host_zone
    assert hours.is_open(datetime(2026, 10, 19, 7, 0, tzinfo=UTC)), host_zone


def test_the_next_opening_after_the_clocks_went_back(host_zone: str) -> None:
    friday = datetime(2026, 10, 23, 20, tzinfo=UTC)
    opening = OpeningHours((MONDAY,)).next_opening(friday)
    assert opening == datetime(2026, 10, 26, 8, tzinfo=UTC), host_zone
    assert StaffedHours().next_staffed(friday) == opening, host_zone
