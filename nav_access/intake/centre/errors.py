"""Facts the contact centre's room can state instead of doing what was asked."""

from datetime import datetime


class NotAnOperator(Exception):
    """Only operators of the contact centre do this."""


class MessageNotFound(Exception):
    """No such message for this reader: unknown, or of a case that is not theirs."""


class AlreadyAcknowledged(Exception):
    """Somebody else has put their name to it first."""

    def __init__(self, name: str, at_utc: datetime) -> None:
        super().__init__(at_utc)
        self.name, self.at_utc = name, at_utc


class LineNotFound(Exception):
    """No such line for the contact centre."""
