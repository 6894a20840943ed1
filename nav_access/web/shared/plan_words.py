"""The common steps of a plan, as the person reads them and staff choose them."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.sides.codes import CommonStep

STEPS: dict[CommonStep | None, str] = {
    CommonStep.RING: N_("We ring you."),
    CommonStep.MEET: N_("We meet you."),
    CommonStep.PAPERS: N_("You bring us the papers we asked for."),
    CommonStep.SHELTER: N_("We find you a place to stay."),
    CommonStep.MONEY: N_("We decide about money for you."),
    CommonStep.BILLS: N_("We speak with those you owe money."),
    CommonStep.LETTER: N_("We explain the letter to you."),
    CommonStep.WORK: N_("We help you find work or a course."),
}
