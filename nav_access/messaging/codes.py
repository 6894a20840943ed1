"""The codes messages are described in; their words are made when they are sent."""

from enum import StrEnum


class MessageKind(StrEnum):
    """What a message tells. None of them ever names the need."""

    RECEIVED = "received"
    MISSED_CALL = "missed_call"
    FALLBACK = "fallback"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER_DAY_BEFORE = "reminder_day_before"
    REMINDER_SAME_DAY = "reminder_same_day"
    DIALOGUE = "dialogue"
    """An answer in a conversation by SMS; `detail["say"]` is the code of the text."""
    FEEDBACK_ANSWER = "feedback_answer"
    """What somebody is answered who wrote about the pages; `detail["feedback"]` is which."""
    FEEDBACK_LATE = "feedback_late"
    """To those who run the site: so many have waited too long for an answer."""


WITHOUT_CASE = frozenset(
    {MessageKind.DIALOGUE, MessageKind.FEEDBACK_ANSWER, MessageKind.FEEDBACK_LATE}
)
"""These go to an address of their own, and say nothing of any case."""


class MessageChannel(StrEnum):
    """How a message leaves."""

    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"


class MessageState(StrEnum):
    """Where a message is. It only moves forward: a late report never moves it back."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    """The gateway has it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up after two days, or refused for good."""
    WITHHELD = "withheld"
    """Not sent: the person's wishes did not allow it at the moment of sending."""


LOST = frozenset({MessageState.FAILED, MessageState.WITHHELD})
"""Where a message ends that nobody has read."""
