"""The codes attempts to reach a person are described in."""

from enum import StrEnum


class TimeOfDay(StrEnum):
    """When the person can be reached, in the office's local time."""

    ANY = "any"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"


class PlanState(StrEnum):
    """Where the ringing of one person stands."""

    PLANNED = "planned"
    """Somebody rings within the planned time."""
    FALLBACK = "fallback"
    """Ringing did not help: a named person does what `fallback` says. The case stays open."""
    DONE = "done"
    """Somebody answered, or the person withdrew."""


class Fallback(StrEnum):
    """What an office does when ringing did not help."""

    LETTER = "letter"
    VISIT = "visit"
    PARTNER = "partner"
    CONTACT_CENTRE = "contact_centre"


class EscalationStep(StrEnum):
    """Who has been told that a promise ran out, in order."""

    DESK = "desk"
    MANAGER = "manager"
    CONTACT_CENTRE = "contact_centre"
