"""The codes feedback is described in; words are made at the doors."""

from enum import StrEnum


class FeedbackState(StrEnum):
    """What has been done about what somebody wrote."""

    WAITING = "waiting"
    ANSWERED = "answered"
    """An answer was written; the outbox knows whether it arrived."""
    PHONED = "phoned"
    NOTED = "noted"
    """Read, and there was nobody or nothing to answer."""


class AnswerWay(StrEnum):
    """How an answer leaves: by the way the person named."""

    EMAIL = "email"
    SMS = "sms"
