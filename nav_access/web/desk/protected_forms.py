"""What may be typed about protected persons: a mark, its end, a look in an emergency."""

from nav_access.core.i18n.wording import N_
from nav_access.core.references import digits_of, is_case_number
from nav_access.intake.protected.codes import EndReason, GlassReason, ProtectionReason
from nav_access.web.desk.case_forms import MOST_TEXT, CaseForm
from nav_access.web.desk.forms import DeskForm
from nav_access.web.desk.protected_words import END_REASONS, GLASS_REASONS, PROTECTION_REASONS
from nav_access.web.shared.fields import CodeField, TextField, TickField

MOST_ID_DIGITS = 18
"""Digits of a number that fits in a database's key."""


class ProtectForm(CaseForm):
    """Why a case is protected from now on."""

    text_name = "protect_text"
    protect_reason = CodeField(ProtectionReason, words=PROTECTION_REASONS)
    protect_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the reason, in words where the list has none."""
        super().validate(extra_validators)
        if self.protect_reason.data is None:
            self.ask(self.protect_reason, N_("Choose why the person is protected."))
        elif self.protect_reason.data is ProtectionReason.OTHER and not self.protect_text.data:
            self.ask(self.protect_text, N_("Write why."))
        return not self.has_errors


class EndForm(CaseForm):
    """Why a case is protected no more, and that whoever says so has looked twice."""

    text_name = "end_text"
    end_reason = CodeField(EndReason, words=END_REASONS)
    end_text = TextField(most=MOST_TEXT, is_long=True)
    sure = TickField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the reason, and for the second look."""
        super().validate(extra_validators)
        if self.end_reason.data is None:
            self.ask(self.end_reason, N_("Choose why the protection ends."))
        if not self.sure.data:
            self.ask(self.sure, N_("Check it with the person, and tick that you have."))
        return not self.has_errors


class GlassForm(CaseForm):
    """A case number, and why somebody without the role must see the case now."""

    text_name = "glass_text"
    number = TextField(most=20)
    glass_reason = CodeField(GlassReason, words=GLASS_REASONS)
    glass_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for all three: it is read by those who answer for the person."""
        super().validate(extra_validators)
        if not is_case_number(self.case_number):
            self.ask(self.number, N_("Write the case number: 8 digits."))
        if self.glass_reason.data is None:
            self.ask(self.glass_reason, N_("Choose why you must see it now."))
        if not self.glass_text.data:
            self.ask(self.glass_text, N_("Write what has happened."))
        return not self.has_errors

    @property
    def case_number(self) -> str:
        """The digits that were typed."""
        return digits_of(str(self.number.data))


class NoteTakenForm(DeskForm):
    """A look somebody has taken note of."""

    glass = TextField(most=MOST_ID_DIGITS)

    @property
    def glass_id(self) -> int:
        """Which look; 0, which none is, when it does not say."""
        typed = str(self.glass.data)
        return int(typed) if typed.isascii() and typed.isdecimal() else 0
