"""The words operators read for codes; what is stored is the code."""

from nav_access.callbacks.codes import EscalationStep
from nav_access.core.i18n.wording import N_
from nav_access.intake.centre.codes import LookUpReason, TransferOutcome
from nav_access.intake.codes import ContactOutcome, Reach, TimeOfDay
from nav_access.web.shared.signed_in import wording as staff_words

REASONS: dict[LookUpReason | None, str] = {
    None: N_("Not chosen yet"),
    LookUpReason.CALLER_RANG: N_("The person rang us"),
    LookUpReason.RETURNED_CALL: N_("We ring the person back"),
    LookUpReason.OFFICE_ASKED: N_("The office asked us to"),
    LookUpReason.OTHER: N_("Something else. Write it below"),
}

REACHES: dict[Reach | None, str] = {one: staff_words.REACHES[one] for one in Reach}
TIMES: dict[TimeOfDay | None, str] = {one: staff_words.TIMES[one] for one in TimeOfDay}

TRANSFERS: dict[TransferOutcome | None, str] = {
    TransferOutcome.ANSWERED: N_("The office answered"),
    TransferOutcome.NOT_ANSWERED: N_("The office did not answer"),
    TransferOutcome.BUSY: N_("The line was busy"),
    TransferOutcome.VOICEMAIL: N_("A machine answered"),
}

ATTEMPTS: dict[ContactOutcome, str] = {
    ContactOutcome.ANSWERED: N_("The office spoke with the person"),
    ContactOutcome.NO_ANSWER: N_("The office rang. No answer"),
    ContactOutcome.BUSY: N_("The office rang. Busy"),
    ContactOutcome.WRONG_NUMBER: N_("The office rang. Wrong number"),
}

STEPS: dict[EscalationStep, str] = {
    EscalationStep.DESK: N_("Not acknowledged in time. The desk was told."),
    EscalationStep.MANAGER: N_("Still not acknowledged. The manager was told."),
    EscalationStep.CONTACT_CENTRE: N_("Still not acknowledged. It is the contact centre's again."),
}
