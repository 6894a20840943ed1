"""What may be typed about one's own case."""

from wtforms import Form

from nav_access.core.i18n.wording import N_
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import AcuteStatement, TimeOfDay
from nav_access.intake.queries import PersonCase
from nav_access.web.shared import help_words
from nav_access.web.shared.fields import MOST_CODE_WORD, CodesField, TextField, TickField
from nav_access.web.shared.forms import PublicForm
from nav_access.web.shared.help_form import ContactFields


class CodeForm(Form):
    """The case code, as it is typed: any grouping, any script's digits."""

    code = TextField(most=200)

    @property
    def has_errors(self) -> bool:
        """True when the code should be typed again."""
        return bool(self.code.errors)


class InformationForm(PublicForm):
    """More words from the person, and whether it has become acute."""

    scope = "case-add"

    message = TextField(most=2000, is_long=True)
    acute = CodesField(AcuteStatement, words=help_words.ACUTE)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for at least one of the two."""
        super().validate(extra_validators)
        if not self.message.data and not self.acute.data and not self.message.errors:
            self.message.errors = [N_("Write what you want to tell us.")]
        return not self.has_errors


class ContactForm(ContactFields):
    """How to reach the person from now on. Numbers we have are never shown back."""

    scope = "case-contact"

    code_word = TextField(most=MOST_CODE_WORD)
    forget_phone = TickField()
    forget_email = TickField()
    forget_code_word = TickField()

    @classmethod
    def from_case(cls, case: PersonCase) -> "ContactForm":
        """Return the form as the case stands now."""
        return cls(
            formdata=None,
            data={
                "reach": case.reach,
                "when": case.best_time,
                "voicemail": case.may_leave_voicemail,
                "say_who": case.may_say_who,
            },
        )

    def is_good_for(self, case: PersonCase) -> bool:
        """Check the form; a number or address we already have need not be typed again."""
        self.validate()
        kept = {"phone", "email"} - self.forget
        self.check_reach(
            has_phone=case.has_phone and "phone" in kept,
            has_email=case.has_email and "email" in kept,
        )
        return not self.has_errors

    @property
    def forget(self) -> frozenset[str]:
        """Which of what we have must not be used any more."""
        ticked = {
            "phone": self.forget_phone.data,
            "email": self.forget_email.data,
            "code_word": self.forget_code_word.data,
        }
        return frozenset(what for what, is_ticked in ticked.items() if is_ticked)

    def to_wishes(self) -> ContactWishes:
        """Return what shall hold from now on."""
        return ContactWishes(
            reach=self.reach.data,
            phone=self.phone.number,
            email=self.email.data or None,
            best_time=self.when.data or TimeOfDay.ANY,
            may_leave_voicemail=self.voicemail.data,
            may_say_who=self.say_who.data,
            code_word=self.code_word.data or None,
        )
