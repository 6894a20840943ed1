"""Words below a message between the contact centre and an office, whichever of them writes."""

from nav_access.core.i18n.wording import N_
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.signed_in.forms import DoorForm

MOST_TEXT = 2000


class AnswerForm(DoorForm):
    """Words to the other side."""

    answer = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the words."""
        super().validate(extra_validators)
        if not self.answer.data and not self.answer.errors:
            self.ask(self.answer, N_("Write something first."))
        return not self.has_errors
