"""The words staff and partners read for codes; what is stored is the code."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import (
    AcuteStatement,
    CaseStatus,
    Channel,
    Flag,
    Need,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.worklist.statements import Show

SHOWS = {
    Show.WAITING: N_("Waiting for an answer"),
    Show.MINE: N_("My cases"),
    Show.ANSWERED: N_("Answered, not closed"),
    Show.CLOSED: N_("Closed cases"),
}

URGENCIES = {
    Urgency.ACUTE: N_("Acute"),
    Urgency.URGENT: N_("Urgent"),
    Urgency.ORDINARY: N_("Ordinary"),
}

STATUSES = {
    CaseStatus.WAITING: N_("Waiting for an answer"),
    CaseStatus.ANSWERED: N_("Answered, not closed"),
    CaseStatus.CLOSED: N_("The case is closed"),
    CaseStatus.WITHDRAWN: N_("Withdrawn by the person"),
}

NEEDS: dict[str, str] = {
    Need.FOOD: N_("Food"),
    Need.ELECTRICITY: N_("Electricity"),
    Need.HOUSING: N_("Housing"),
    Need.MONEY: N_("Other money"),
    Need.LETTER: N_("A letter to understand"),
    Need.OTHER: N_("Something other than these"),
}

ACUTE: dict[str, str] = {
    AcuteStatement.NO_FOOD_TODAY: N_("Has no money for food today"),
    AcuteStatement.POWER_CUT: N_("Electricity is off, or will be today or tomorrow"),
    AcuteStatement.NO_SHELTER_TONIGHT: N_("Has nowhere to sleep tonight"),
}

REACHES = {
    Reach.CALL: N_("Ring"),
    Reach.SMS: N_("Send a text message"),
    Reach.EMAIL: N_("Send an e-mail"),
    Reach.VISIT: N_("Has no phone. Comes to the office"),
    Reach.HELPER: N_("Through somebody who helps"),
}

TIMES = {
    TimeOfDay.ANY: N_("At any time of day"),
    TimeOfDay.MORNING: N_("Best in the morning"),
    TimeOfDay.MIDDAY: N_("Best in the middle of the day"),
    TimeOfDay.AFTERNOON: N_("Best in the afternoon"),
}

CHANNELS = {
    Channel.WEB: N_("Sent from the website"),
    Channel.PARTNER: N_("Sent by a partner agency"),
    Channel.CONTACT_CENTRE: N_("Taken by the contact centre"),
    Channel.KIOSK: N_("Sent from a screen in a reception"),
    Channel.SMS: N_("Sent by text message"),
    Channel.PAPER: N_("Handed in on paper"),
}

FLAGS: dict[str, str] = {
    Flag.MANY_FROM_ADDRESS: N_("Many requests came from the same network that hour."),
    Flag.HONEYPOT: N_("A field that people do not see was filled in. It may be a machine."),
    Flag.PLACE_UNKNOWN: N_("We do not know which office the place belongs to."),
    Flag.PLACE_GUESSED: N_("The place was not spelt as we know it. The office is our best guess."),
    Flag.DISTRICT_UNKNOWN: N_("The place has several offices. The district is not known."),
    Flag.UNVERIFIED_SENDER: N_("Unverified sender: it came by text. We do not know who wrote it."),
    Flag.TEXTS_STOPPED: N_("The person has asked for no more texts. Do not send any."),
    Flag.PROTECTED_PHONE: N_(
        "It came with the phone number of a protected person. Anybody who knows the number may "
        "have sent it. Say nothing of the person before you know who it is."
    ),
}
