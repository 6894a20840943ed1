"""Facts the appointments room can state instead of booking."""

from datetime import datetime


class SlotTaken(Exception):
    """Somebody else has the last seat, or was quicker. `starts_utc` is the time wanted."""

    def __init__(self, office_id: int, starts_utc: datetime) -> None:
        super().__init__(office_id, starts_utc)
        self.office_id = office_id
        self.starts_utc = starts_utc


class NotOffered(Exception):
    """This time is not offered: unknown, too soon, too far ahead, too short, another office's."""


class AlreadyBooked(Exception):
    """The person has an open booking for this purpose.

    `starts_utc` only when it is this very case's: another case is nobody else's business.
    """

    def __init__(self, starts_utc: datetime | None) -> None:
        super().__init__(starts_utc)
        self.starts_utc = starts_utc


class NotBooked(Exception):
    """There is no open booking to move, cancel or settle."""


class TooEarly(Exception):
    """Nobody can have stayed away from a meeting that has not begun."""


class NotPublished(Exception):
    """This office publishes no such rule or change."""


class TermsMakeNoSense(Exception):
    """Terms under which nothing could be booked, or farther ahead than anybody plans."""


class CapacityChanged(Exception):
    """Somebody else changed what the office publishes since it was read."""
