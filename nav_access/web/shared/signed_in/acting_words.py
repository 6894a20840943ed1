"""What staff and agencies read of a consent: what the agency is, how the yes was said, to what."""

from datetime import datetime

from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import ConsentWay, HelpKind, Relation, Scope
from nav_access.web.shared.helping_words import say_last_day
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

RELATIONS: dict[Relation | None, str] = {
    None: N_("Not chosen yet"),
    Relation.CONTACT: N_("Contact at a service: refugees, families, young people, debts"),
    Relation.HEALTH: N_("Health or care"),
    Relation.HOME: N_("Help where the person lives"),
    Relation.GUARDIAN: N_("Appointed guardian"),
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


def say_until(until: datetime) -> str:
    """Say the last day of a consent."""
    return say_last_day(until, current_locale(), now())
