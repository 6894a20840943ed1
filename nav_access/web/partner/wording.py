"""The words people at agencies read for codes; what is stored is the code."""

from enum import StrEnum

from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import ConsentWay, HelpKind, Lasting, Outside, Relation, Scope
from nav_access.intake.codes import ContactOutcome


class Spent(StrEnum):
    """Minutes spent, as they are counted."""

    QUARTER = "15"
    HALF = "30"
    HOUR = "60"
    TWO_HOURS = "120"
    LONGER = "240"


RELATIONS: dict[Relation | None, str] = {
    None: N_("Not chosen yet"),
    Relation.CONTACT: N_("Their contact at a service: refugees, families, young people, debts"),
    Relation.HEALTH: N_("I treat or care for them"),
    Relation.HOME: N_("I help them where they live"),
    Relation.GUARDIAN: N_("I am their appointed guardian"),
    Relation.OTHER: N_("Something else"),
}

WAYS: dict[ConsentWay | None, str] = {
    None: N_("Not chosen yet"),
    ConsentWay.WRITTEN: N_("In writing"),
    ConsentWay.SPOKEN: N_("Spoken, face to face"),
    ConsentWay.SPOKEN_BY_PHONE: N_("Spoken, on the phone"),
    ConsentWay.INTERPRETER_IN_PERSON: N_("Through an interpreter who was there"),
    ConsentWay.INTERPRETER_BY_PHONE: N_("Through an interpreter on the phone or by video"),
}

LASTING: dict[Lasting | None, str] = {
    Lasting.DAYS_14: N_("Two weeks"),
    Lasting.DAYS_30: N_("30 days"),
    Lasting.DAYS_90: N_("90 days"),
    Lasting.DAYS_180: N_("180 days"),
}

SCOPES: dict[Scope, str] = {
    Scope.FOLLOW: N_("Follow the case: status, next step, promise and attempts"),
    Scope.MESSAGES: N_(
        "Be told by e-mail when there is news. The e-mail never says what it is about"
    ),
    Scope.CALLED: N_("Be rung instead of the person"),
}

KINDS: dict[HelpKind, str] = {
    HelpKind.FORM: N_("Filled in the form"),
    HelpKind.LETTER: N_("Explained a letter"),
    HelpKind.WAITING: N_("Waited on the phone"),
    HelpKind.FOLLOWING: N_("Followed along to the office"),
}

MINUTES: dict[Spent | None, str] = {
    None: N_("Not counted"),
    Spent.QUARTER: N_("Up to 15 minutes"),
    Spent.HALF: N_("Up to 30 minutes"),
    Spent.HOUR: N_("Up to an hour"),
    Spent.TWO_HOURS: N_("Up to two hours"),
    Spent.LONGER: N_("Longer"),
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
