"""The codes a duty roster is described in; doors turn them into words."""

from enum import StrEnum


class ShiftKind(StrEnum):
    """What a row of the roster does: WEEKLY recurs, ABSENT takes from it, EXTRA adds a date."""

    WEEKLY = "weekly"
    ABSENT = "absent"
    EXTRA = "extra"


class CoverState(StrEnum):
    """Where a question to another office stands; only ACCEPTED counts as somebody answering."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class GapReason(StrEnum):
    """What an office offers or promises at a time when nobody answers its lines."""

    PROMISE = "promise"
    OPEN_DOOR = "open_door"
    CALLBACK = "callback"
