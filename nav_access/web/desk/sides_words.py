"""The words of two sides at one desk: sides, how far a need is, why things are handed over."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.sides.codes import (
    CommonStep,
    KeepReason,
    KeptFor,
    NeedStatus,
    OfferReason,
    OfferState,
    ReturnReason,
)
from nav_access.staff.codes import Side
from nav_access.web.shared import plan_words

NOT_CHOSEN = N_("Not chosen yet")

SIDES: dict[Side | None, str] = {
    Side.MUNICIPAL: N_("The municipal side"),
    Side.STATE: N_("The state side"),
    Side.BOTH: N_("Both sides"),
}

TO_SIDES: dict[Side | None, str] = {None: NOT_CHOSEN, **SIDES}

STATUSES: dict[NeedStatus | None, str] = {
    NeedStatus.WAITING: N_("Nobody works on it yet"),
    NeedStatus.WORKING: N_("Somebody works on it"),
    NeedStatus.DONE: N_("Done"),
}

OFFER_REASONS: dict[OfferReason | None, str] = {
    OfferReason.THEIR_SERVICE: N_("They decide about the service the person needs"),
    OfferReason.TOGETHER: N_("Both are needed to help"),
    OfferReason.LIVES_ELSEWHERE: N_("The person stays in another place"),
    OfferReason.KNOWN_THERE: N_("They work with the person already"),
    OfferReason.CONFLICT: N_("Somebody here is too close to the person"),
}

TO_SIDE_REASONS: dict[OfferReason | None, str] = {
    None: NOT_CHOSEN,
    **{code: word for code, word in OFFER_REASONS.items() if code != OfferReason.LIVES_ELSEWHERE},
}

TO_OFFICE_REASONS: dict[OfferReason | None, str] = {
    None: NOT_CHOSEN,
    **{code: word for code, word in OFFER_REASONS.items() if code != OfferReason.TOGETHER},
}

RETURN_REASONS: dict[ReturnReason | None, str] = {
    None: NOT_CHOSEN,
    ReturnReason.NOT_OUR_SERVICE: N_("We do not decide about this"),
    ReturnReason.STAYS_ELSEWHERE: N_("The person does not stay here"),
    ReturnReason.TOO_LITTLE_KNOWN: N_("We know too little to take it over"),
    ReturnReason.SENDER_KNOWS_BETTER: N_("You know the person, and it goes faster with you"),
}

STATES: dict[OfferState, str] = {
    OfferState.OPEN: N_("Waits for an answer"),
    OfferState.ACCEPTED: N_("Taken over"),
    OfferState.RETURNED: N_("Given back"),
    OfferState.TAKEN_BACK: N_("Taken back by the sender"),
    OfferState.ENDED: N_("Ended with the case, or when it went elsewhere"),
}

KEEPERS: dict[KeptFor | None, str] = {
    None: N_("Everybody who may open the case"),
    KeptFor.MUNICIPAL: N_("Only the municipal side of this office"),
    KeptFor.STATE: N_("Only the state side of this office"),
    KeptFor.MANAGERS: N_("Only the managers of this office"),
}

KEEP_REASONS: dict[KeepReason | None, str] = {
    None: N_("It is not kept from anybody"),
    KeepReason.HEALTH: N_("Health: the duty of confidentiality"),
    KeepReason.CHILD_WELFARE: N_("Child welfare: the duty of confidentiality"),
    KeepReason.SOMEBODY_ELSE: N_("It is about somebody else, who has not asked us for anything"),
    KeepReason.SAFETY: N_("Somebody could be hurt if it became known"),
}

STEPS: dict[CommonStep | None, str] = {
    None: N_("In my own words, written below"),
    **plan_words.STEPS,
}

CODES = frozenset(
    {
        *Side,
        *NeedStatus,
        *OfferReason,
        *ReturnReason,
        *KeptFor,
        *KeepReason,
        *CommonStep,
    }
)
"""What is chosen from lists here: not words to be saved."""
