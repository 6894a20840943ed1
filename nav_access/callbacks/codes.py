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
    DECIDE = "decide"
    """No way is known to be safe: a named person finds one. No office's usual way."""


USUAL_FALLBACKS = tuple(each for each in Fallback if each is not Fallback.DECIDE)


class EscalationStep(StrEnum):
    """Who has been told that a promise ran out, in order."""

    DESK = "desk"
    MANAGER = "manager"
    CONTACT_CENTRE = "contact_centre"


class PlanReason(StrEnum):
    """Why a plan became what it is; stands in the event that says so."""

    MISSED = "missed"
    BUSY = "busy"
    WISHES = "wishes"
    """The person changed when or how they can be reached, or came back."""
    LATE = "late"
    """The planned time passed without anybody trying."""
    HOURS = "hours"
    """The office is not staffed at the planned time any more."""
    TRIED = "tried"
    """Tried as often as the office's policy says."""
    NO_TIME = "no_time"
    """The person's wishes and the office's hours share no time."""
    WRONG_NUMBER = "wrong_number"
    NO_WAY = "no_way"
    """The person can neither be rung nor written to."""
    NOBODY_RANG = "nobody_rang"
    """Planned times passed again and again without anybody trying."""
    PERSON_GONE = "person_gone"
    """Whoever was named cannot sign in any more, so somebody else is."""
