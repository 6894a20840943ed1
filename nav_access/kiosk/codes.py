"""The codes a reception is described in; words are made at the doors."""

from enum import StrEnum


class TicketKind(StrEnum):
    """Why somebody waits."""

    WALK_IN = "walk_in"
    MEETING = "meeting"
    """They have an appointment and have said that they are here."""


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    PARKED = "parked"
    """They were called and did not come at once, or wait for something; called again later."""
    PRIVATE_ROOM = "in_private_room"
    DONE = "done"
    GONE = "gone"
    """They are not here any more."""
