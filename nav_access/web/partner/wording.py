"""The words people at agencies read for codes; what is stored is the code."""

from enum import StrEnum

from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import Lasting, Outside
from nav_access.intake.codes import ContactOutcome
from nav_access.web.shared.signed_in.acting_words import KINDS, RELATIONS, SCOPES, WAYS

__all__ = [
    "KINDS",
    "LASTING",
    "MINUTES",
    "OUTSIDE",
    "RELATIONS",
    "SCOPES",
    "TRIES",
    "WAYS",
    "Spent",
]


class Spent(StrEnum):
    """Minutes spent, as they are counted."""

    QUARTER = "15"
    HALF = "30"
    HOUR = "60"
    TWO_HOURS = "120"
    LONGER = "240"


MINUTES: dict[Spent | None, str] = {
    None: N_("Not counted"),
    Spent.QUARTER: N_("Up to 15 minutes"),
    Spent.HALF: N_("Up to 30 minutes"),
    Spent.HOUR: N_("Up to an hour"),
    Spent.TWO_HOURS: N_("Up to two hours"),
    Spent.LONGER: N_("Longer"),
}

LASTING: dict[Lasting | None, str] = {
    Lasting.DAYS_14: N_("Two weeks"),
    Lasting.DAYS_30: N_("30 days"),
    Lasting.DAYS_90: N_("90 days"),
    Lasting.DAYS_180: N_("180 days"),
}

TRIES: dict[ContactOutcome, str] = {
    ContactOutcome.ANSWERED: N_("The office spoke with the person."),
    ContactOutcome.NO_ANSWER: N_("The office tried to reach the person. Nobody answered."),
    ContactOutcome.BUSY: N_("The office tried to reach the person. The line was busy."),
    ContactOutcome.WRONG_NUMBER: N_("The office tried to reach the person. The number was wrong."),
}

OUTSIDE: dict[Outside, str] = {
    Outside.PLACE_UNKNOWN: N_("We do not know this place. Write the postcode or the municipality."),
    Outside.PLACE: N_("Your agency's agreement does not cover this place."),
    Outside.NEED: N_("Your agency's agreement does not cover all of these needs."),
}

DONE = {
    "words": N_("It is sent to the office."),
    "help": N_("It is counted."),
    "take-over": N_("You act for the person from now on."),
    "end": N_("You do not act for the person any more."),
}
"""What was just done, by the act the address names."""
