"""The closed sets of codes of acting for a person."""

from datetime import timedelta
from enum import StrEnum


class Scope(StrEnum):
    """What a person lets an agency do in their case; each one by itself."""

    SEND = "send"
    """Send the request, and more about it."""
    FOLLOW = "follow"
    """Read how far it has come, what was promised and what was tried."""
    MESSAGES = "messages"
    """Be told by e-mail that there is news."""
    CALLED = "called"
    """Be rung in the person's place."""


class ConsentWay(StrEnum):
    """How the person said yes."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    SPOKEN_BY_PHONE = "spoken_by_phone"
    INTERPRETER_IN_PERSON = "interpreter_in_person"
    INTERPRETER_BY_PHONE = "interpreter_by_phone"


class Relation(StrEnum):
    """What the agency is to the person."""

    CONTACT = "contact"
    """Their contact at a service of the municipality: refugees, families, young people."""
    HEALTH = "health"
    HOME = "home"
    """Somebody who helps them where they live."""
    GUARDIAN = "guardian"
    OTHER = "other"


class Lasting(StrEnum):
    """For how long a consent is given, in days; the shortest is asked for first."""

    DAYS_14 = "14"
    DAYS_30 = "30"
    DAYS_90 = "90"
    DAYS_180 = "180"

    @property
    def time(self) -> timedelta:
        """Return how long that is."""
        return timedelta(days=int(self))


class HelpKind(StrEnum):
    """What an agency spent its time on for a person."""

    FORM = "form"
    LETTER = "letter"
    """A letter was explained, which is the office's to do."""
    WAITING = "waiting"
    """Waiting on the phone."""
    FOLLOWING = "following"
    """Following along to the office."""


class EndedBy(StrEnum):
    """Who ended a consent before its time."""

    PERSON = "person"
    OFFICE = "office"
    AGENCY = "agency"


class Outside(StrEnum):
    """What of a request an agency's agreement does not cover."""

    PLACE_UNKNOWN = "place_unknown"
    PLACE = "place"
    NEED = "need"
