"""What may be typed about sides: how far a need is, an offer, an answer, another office."""

from collections.abc import Mapping

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import Need
from nav_access.intake.sides.codes import NeedStatus, OfferReason, ReturnReason
from nav_access.staff.codes import Side
from nav_access.web.desk import sides_words, wording
from nav_access.web.desk.case_forms import MOST_TEXT, CaseForm
from nav_access.web.shared.fields import CodeField, CodesField, TextField

MOST_ID_DIGITS = 18
"""Digits of a number that fits in a database's key."""

STATUS = "status_"

NEED_WORDS: Mapping[Need, str] = {Need(code): word for code, word in wording.NEEDS.items()}


class StatusForm(CaseForm):
    """How far the work with each need is."""

    status_food = CodeField(NeedStatus, words=sides_words.STATUSES)
    status_electricity = CodeField(NeedStatus, words=sides_words.STATUSES)
    status_housing = CodeField(NeedStatus, words=sides_words.STATUSES)
    status_money = CodeField(NeedStatus, words=sides_words.STATUSES)
    status_letter = CodeField(NeedStatus, words=sides_words.STATUSES)
    status_other = CodeField(NeedStatus, words=sides_words.STATUSES)

    @property
    def statuses(self) -> dict[Need, NeedStatus]:
        """What was chosen, by need; a need that was not on the page is not among them."""
        chosen = {need: self[f"{STATUS}{need}"].data for need in Need}
        return {need: status for need, status in chosen.items() if status is not None}


class OfferForm(CaseForm):
    """Needs offered to a side, and why."""

    text_name = "offer_text"
    needs = CodesField(Need, words=NEED_WORDS)
    to_side = CodeField(Side, words=sides_words.TO_SIDES)
    offer_reason = CodeField(OfferReason, words=sides_words.TO_SIDE_REASONS)
    offer_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask what, to whom and why."""
        super().validate(extra_validators)
        if not self.needs.data:
            self.ask(self.needs, N_("Choose what you hand over."))
        if self.to_side.data is None:
            self.ask(self.to_side, N_("Choose who should have it."))
        if self.offer_reason.data is None:
            self.ask(self.offer_reason, N_("Choose why you hand it over."))
        return not self.has_errors


class OfficeForm(CaseForm):
    """Another office the whole case is offered to, and why; `office` is one of those found."""

    text_name = "office_text"
    place = TextField(most=80)
    office = TextField(most=80)
    office_reason = CodeField(OfferReason, words=sides_words.TO_OFFICE_REASONS)
    office_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask where to and why."""
        super().validate(extra_validators)
        if not self.place.data and not self.office.data and not self.place.errors:
            self.ask(self.place, N_("Write the postcode, the place or the name of the office."))
        if self.office_reason.data is None:
            self.ask(self.office_reason, N_("Choose why you hand it over."))
        return not self.has_errors


class AnswerForm(CaseForm):
    """An answer to one offer: taken over, or taken back by its sender."""

    offer = TextField(most=MOST_ID_DIGITS)

    @property
    def offer_id(self) -> int:
        """Which offer; 0, which none is, when it does not say."""
        typed = str(self.offer.data)
        return int(typed) if typed.isascii() and typed.isdecimal() else 0


class ReturnForm(AnswerForm):
    """An offer given back, and why."""

    text_name = "return_text"
    return_reason = CodeField(ReturnReason, words=sides_words.RETURN_REASONS)
    return_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask why."""
        super().validate(extra_validators)
        if self.return_reason.data is None:
            self.ask(self.return_reason, N_("Choose why you give it back."))
        return not self.has_errors
