"""The words caseworkers read for codes; what is stored is the code."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import CloseReason, ContactOutcome, DeadlineReason
from nav_access.web.desk import sides_words
from nav_access.web.desk.protected_words import PROTECTIONS
from nav_access.web.shared.signed_in.wording import (
    ACUTE,
    CHANNELS,
    FLAGS,
    NEEDS,
    REACHES,
    SHOWS,
    STATUSES,
    TIMES,
    URGENCIES,
)

__all__ = [
    "ACUTE",
    "CHANNELS",
    "CLOSE_REASONS",
    "DEADLINE_REASONS",
    "FLAGS",
    "NEEDS",
    "OUTCOMES",
    "PROTECTIONS",
    "REACHES",
    "SHOWS",
    "STATUSES",
    "TIMES",
    "URGENCIES",
    "sides_words",
]

OUTCOMES: dict[ContactOutcome | None, str] = {
    None: N_("Not chosen yet"),
    ContactOutcome.ANSWERED: N_("Answered: I spoke with the person"),
    ContactOutcome.NO_ANSWER: N_("No answer"),
    ContactOutcome.BUSY: N_("Busy"),
    ContactOutcome.WRONG_NUMBER: N_("Wrong number"),
}

DEADLINE_REASONS: dict[DeadlineReason | None, str] = {
    None: N_("Not chosen yet"),
    DeadlineReason.AGREED_WITH_PERSON: N_("Agreed with the person"),
    DeadlineReason.MORE_URGENT: N_("It is more urgent than we thought: up a step in the queue"),
    DeadlineReason.LESS_URGENT: N_("It is less urgent than we thought: down a step in the queue"),
    DeadlineReason.WRONG_OFFICE_HOURS: N_("The office's hours were wrong"),
}

CLOSE_REASONS: dict[CloseReason | None, str] = {
    None: N_("Not chosen yet"),
    CloseReason.HELPED: N_("The person has got help"),
    CloseReason.DECISION_SENT: N_("The decision is made and sent"),
    CloseReason.HANDED_OVER: N_("Handed over to somebody else, who has taken it"),
    CloseReason.PERSON_DECLINED: N_("The person said no to help"),
    CloseReason.DUPLICATE: N_("The same request is in another case"),
}
