"""The codes of the contact centre: why somebody looked, how a transfer went, where a message is."""

from enum import StrEnum


class LookUpReason(StrEnum):
    """Why an operator looks for somebody's case. OTHER asks for words."""

    CALLER_RANG = "caller_rang"
    RETURNED_CALL = "returned_call"
    OFFICE_ASKED = "office_asked"
    OTHER = "other"


class LookedBy(StrEnum):
    """What a look-up began with."""

    PHONE = "phone"
    NUMBER = "number"
    EITHER = "either"
    """Eight digits that may be a phone number as well as a case number."""
    REQUEST = "request"
    """The operator took the request: they know of it without looking."""


class LookUpEnd(StrEnum):
    """What a look-up led to. NOT_FOUND hides which of its causes it was."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    TOO_MANY = "too_many"


class TransferOutcome(StrEnum):
    """How an attempt to put a caller through to an office went."""

    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    BUSY = "busy"
    VOICEMAIL = "voicemail"


class Standing(StrEnum):
    """Where a message to an office stands."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    """Nobody has acknowledged it in time, and nobody above has been told yet."""
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
