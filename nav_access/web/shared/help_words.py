"""The words of the codes people choose among; what is stored is the code."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import AcuteStatement, Need, Reach, TimeOfDay

NEEDS = {
    Need.FOOD: N_("Food"),
    Need.ELECTRICITY: N_("Electricity"),
    Need.HOUSING: N_("Somewhere to live or sleep"),
    Need.MONEY: N_("Money for something else"),
    Need.LETTER: N_("A letter I do not understand"),
    Need.OTHER: N_("Something else"),
}

ACUTE = {
    AcuteStatement.NO_FOOD_TODAY: N_("I have no money for food today"),
    AcuteStatement.POWER_CUT: N_("My electricity is off, or will be today or tomorrow"),
    AcuteStatement.NO_SHELTER_TONIGHT: N_("I have nowhere to sleep tonight"),
}

REACHES: dict[Reach | None, str] = {
    None: N_("Any way that works"),
    Reach.CALL: N_("Ring me"),
    Reach.SMS: N_("Send me a text message"),
    Reach.EMAIL: N_("Send me an e-mail"),
    Reach.VISIT: N_("I have no phone. I will come to the office"),
    Reach.HELPER: N_("Through somebody who helps me"),
}

TIMES: dict[TimeOfDay | None, str] = {
    TimeOfDay.ANY: N_("Any time"),
    TimeOfDay.MORNING: N_("In the morning"),
    TimeOfDay.MIDDAY: N_("In the middle of the day"),
    TimeOfDay.AFTERNOON: N_("In the afternoon"),
}
