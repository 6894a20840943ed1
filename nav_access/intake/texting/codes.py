"""The codes of a conversation by SMS: what we say, what a text asks us to do, what came of it."""

from enum import StrEnum

from nav_access.intake.codes import AcuteStatement, Need


class Say(StrEnum):
    """A text from us; `detail["say"]` of its message. The words are made when it is sent."""

    LANGUAGE = "language"
    """Which language? `detail["page"]` is the page of the list, from 0."""
    NEED = "need"
    ACUTE = "acute"
    PLACE = "place"
    PLACE_AND_ACUTE = "place_and_acute"
    EVERYTHING = "everything"
    """The last question left, asking for all that is missing in the person's own words."""
    RECEIVED = "received"
    """The promise: case number, by when (`deadline`), whom to ring (`phone`)."""
    NOTED = "noted"
    """The text is with the case that this number has already."""
    STOPPED = "stopped"
    """No more texts. The one text that is still sent after STOP."""


class Command(StrEnum):
    """A text that is nothing but one of these words, in any language we know it in."""

    STOP = "stop"
    START = "start"
    NEW = "new"
    """A new request, though this number has a case."""
    HELP = "help"


class Heard(StrEnum):
    """What came of a text that was delivered to us."""

    DUPLICATE = "duplicate"
    ASKED = "asked"
    KEPT = "kept"
    """Kept without an answer: it came late, or this number gets no more texts today."""
    RECEIVED = "received"
    NOTED = "noted"
    REOPENED = "reopened"
    STOPPED = "stopped"
    TOO_MANY = "too_many"


ACUTE_DIGITS = {
    1: AcuteStatement.NO_FOOD_TODAY,
    2: AcuteStatement.POWER_CUT,
    3: AcuteStatement.NO_SHELTER_TONIGHT,
}
"""The digits of every question that asks whether it is acute."""

LATER_DIGITS = {
    4: Need.FOOD,
    5: Need.ELECTRICITY,
    6: Need.HOUSING,
    7: Need.MONEY,
    8: Need.LETTER,
    9: Need.OTHER,
}
"""The rest of the digits of the question what somebody needs."""

LANGUAGES_ON_A_PAGE = 12
MORE = 0
"""The digit that asks for the next page of languages."""
