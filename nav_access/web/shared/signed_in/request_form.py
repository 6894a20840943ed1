"""A person's request as somebody else writes it down: their questions, and what they read."""

from nav_access.core.i18n.locales import DEFAULT, OFFERED, Locale, by_tag
from nav_access.intake.codes import AcuteStatement, Need, Reach, TimeOfDay
from nav_access.web.shared.choice_field import ChoiceField
from nav_access.web.shared.help_form import HelpForm
from nav_access.web.shared.signed_in.forms import DoorForm

CHOSEN = frozenset({"yes", "no", *Need, *AcuteStatement, *Reach, *TimeOfDay})
"""What is chosen in it from a list."""


class RequestForm(DoorForm, HelpForm):
    """The citizen's own questions, and which language the person reads."""

    scope = DoorForm.scope

    reads = ChoiceField(words={one.tag: one.endonym for one in OFFERED}, default=DEFAULT.tag)

    @property
    def language(self) -> Locale:
        """The language the person is written to in."""
        return by_tag(self.reads.data or "") or DEFAULT
