"""Time: instants are aware UTC datetimes; local time is Europe/Oslo whatever the host's zone."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC. Doors hold one; rooms are handed `now`."""


def system_clock() -> datetime:
    """Return the present instant from the host, aware, in UTC."""
    return datetime.now(UTC)


def to_oslo(instant: datetime) -> datetime:
    """Return an aware instant as wall-clock time in Norway."""
    return instant.astimezone(OSLO)
