"""What may be typed at the partners' door: a request for a person, and what follows on it."""

from typing import Any

from nav_access.core.i18n.locales import Locale, by_path
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import ConsentWay, HelpKind, Lasting, Relation, Scope
from nav_access.intake.acting.service import NewConsent
from nav_access.web.partner import wording
from nav_access.web.shared.fields import CodeField, CodesField, TextField, TickField
from nav_access.web.shared.help_form import HelpForm
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.templating import current_locale

MOST_TEXT = 2000
MOST_PATH = 20

SAY_YES = N_("Tick this when the person has heard it and said yes. Before that, save a draft.")
READ_AGAIN = N_("The text is in the language you chose now. Read it to the person, and tick this.")
SAY_HOW = N_("Choose how the person said yes.")
SAY_WHAT = N_("Choose what you are to the person.")


class ForPersonForm(DoorForm, HelpForm):
    """The citizen's request, and the person's yes to somebody sending it."""

    scope = DoorForm.scope

    kept = TextField(most=32)
    person_language = TextField(most=MOST_PATH)
    relation = CodeField(Relation, words=wording.RELATIONS)
    way = CodeField(ConsentWay, words=wording.WAYS)
    may = CodesField(Scope, words=wording.SCOPES)
    lasting = CodeField(Lasting, words=wording.LASTING, safest=Lasting.DAYS_14)
    told = TickField()
    shown_in = TextField(most=MOST_PATH)
    help_kind = CodesField(HelpKind, words=wording.KINDS)
    minutes = CodeField(wording.Spent, words=wording.MINUTES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what the citizen's form asks, and for the consent."""
        super().validate(extra_validators)
        asked = (
            (self.relation, self.relation.data, SAY_WHAT),
            (self.way, self.way.data, SAY_HOW),
            (self.told, self.told.data, SAY_YES),
        )
        for field, answer, what_to_do in asked:
            if not answer:
                self.ask(field, what_to_do)
        if self.told.data and self.shown_in.data != self.person_locale.path:
            self.told.data = False
            self.ask(self.told, READ_AGAIN)
        return not self.has_errors

    @property
    def person_locale(self) -> Locale:
        """The language the person is told and written to in."""
        return by_path(self.person_language.data) or current_locale()

    def to_consent(self) -> NewConsent:
        """Return the person's yes; only of a form that is good."""
        if self.relation.data is None or self.way.data is None:
            raise LookupError("the form is not valid")
        return NewConsent(
            relation=self.relation.data,
            way=self.way.data,
            lasting=self.lasting.data or Lasting.DAYS_14,
            told_in=self.person_locale.tag,
            scope=self.may.data,
        )

    @property
    def spent(self) -> int:
        """Minutes spent, 0 when nothing was said of it."""
        return int(self.minutes.data or 0)


class HelpGivenForm(DoorForm):
    """What was done for a person, and how long it took."""

    help_kind = CodesField(HelpKind, words=wording.KINDS)
    minutes = CodeField(wording.Spent, words=wording.MINUTES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for both."""
        super().validate(extra_validators)
        if not self.help_kind.data:
            self.ask(self.help_kind, N_("Choose what you did."))
        if not self.minutes.data:
            self.ask(self.minutes, N_("Choose how long it took."))
        return not self.has_errors


class WordsForm(DoorForm):
    """More about a case, in the person's words."""

    words = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the words."""
        super().validate(extra_validators)
        if not self.words.data and not self.words.errors:
            self.ask(self.words, N_("Write what the office should know."))
        return not self.has_errors
