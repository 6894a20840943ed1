"""What may be typed at a case: how contact went, a note, a deadline, why it is closed."""

from datetime import datetime
from typing import TypeVar

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import CloseReason, ContactOutcome, DeadlineReason
from nav_access.intake.sides.codes import KeepReason, KeptFor
from nav_access.web.desk import sides_words, wording
from nav_access.web.desk.forms import DeskForm
from nav_access.web.shared.fields import MOST_CODE_WORD, CodeField, TextField, TickField
from nav_access.web.shared.signed_in.day_fields import DayField, TimeField
from nav_access.web.shared.signed_in.typed_times import to_instant

MOST_TEXT = 2000
LEAST_WORDS = 10
"""Characters."""

AGREE_FIRST = N_(
    "A code word is agreed on with the person. Leave it empty when you have not spoken with them."
)

Read = TypeVar("Read")


MOST_DIGITS = 9
"""More than a database's whole number has is no version."""


class CaseForm(DeskForm):
    """An act on a case. `seen`: the version the page showed; `text_name`: the free text's field."""

    seen = TextField(most=12)
    text_name = ""

    @property
    def version(self) -> int:
        """The version the page showed; 0, which no case has, when it does not say."""
        typed = str(self.seen.data)
        is_number = typed.isascii() and typed.isdigit()
        return int(typed) if is_number and len(typed) <= MOST_DIGITS else 0

    @property
    def text(self) -> str | None:
        """The free text, or None."""
        return self[self.text_name].data or None if self.text_name else None


class ContactForm(CaseForm):
    """How an attempt to reach the person went."""

    text_name = "contact_text"
    outcome = CodeField(ContactOutcome, words=wording.OUTCOMES)
    contact_text = TextField(most=MOST_TEXT, is_long=True)
    code_word = TextField(most=MOST_CODE_WORD)
    reached_anew = TickField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask how it went; a code word is agreed on with somebody."""
        super().validate(extra_validators)
        if self.outcome.data is None:
            self.ask(self.outcome, N_("Choose how it went."))
        elif self.code_word.data and self.outcome.data is not ContactOutcome.ANSWERED:
            self.ask(self.code_word, AGREE_FIRST)
        return not self.has_errors


class NoteForm(CaseForm):
    """A note for colleagues."""

    text_name = "note"
    note = TextField(most=MOST_TEXT, is_long=True)
    keep = CodeField(KeptFor, words=sides_words.KEEPERS)
    keep_reason = CodeField(KeepReason, words=sides_words.KEEP_REASONS)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the note, and for both of who may read it and why, or neither."""
        super().validate(extra_validators)
        if not self.note.data and not self.note.errors:
            self.ask(self.note, N_("Write the note first."))
        if self.keep.data is not None and self.keep_reason.data is None:
            self.ask(self.keep_reason, N_("Choose why others may not read it."))
        if self.keep.data is None and self.keep_reason.data is not None:
            self.ask(self.keep, N_("Choose who alone may read it."))
        return not self.has_errors

    @property
    def kept(self) -> tuple[KeptFor, KeepReason] | None:
        """For whom the note is kept and why; None when it is for everybody."""
        if self.keep.data is None or self.keep_reason.data is None:
            return None
        return self.keep.data, self.keep_reason.data


class DeadlineForm(CaseForm):
    """Another deadline, and why."""

    text_name = "deadline_text"
    day = DayField(most=40)
    time = TimeField(most=20)
    deadline_reason = CodeField(DeadlineReason, words=wording.DEADLINE_REASONS)
    deadline_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the reason."""
        super().validate(extra_validators)
        if self.deadline_reason.data is None:
            self.ask(self.deadline_reason, N_("Choose why the deadline changes."))
        return not self.has_errors

    def to_deadline(self) -> datetime:
        """Return the instant that was typed; the form is valid."""
        return to_instant(_known(self.day.read), _known(self.time.read))


class CloseForm(CaseForm):
    """Why a case is closed."""

    text_name = "close_text"
    close_reason = CodeField(CloseReason, words=wording.CLOSE_REASONS)
    close_text = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the reason."""
        super().validate(extra_validators)
        if self.close_reason.data is None:
            self.ask(self.close_reason, N_("Choose why the case is closed."))
        return not self.has_errors


class NewCodeForm(CaseForm):
    """How somebody made sure that a new code goes to the right person."""

    text_name = "how_sure"
    how_sure = TextField(most=MOST_TEXT, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for words; a letter or two are none."""
        super().validate(extra_validators)
        if len(self.how_sure.data) < LEAST_WORDS and not self.how_sure.errors:
            self.ask(self.how_sure, N_("Write how you made sure that it is the right person."))
        return not self.has_errors


class ReopenForm(CaseForm):
    """Why a case goes back in the queue."""

    text_name = "reopen_text"
    reopen_text = TextField(most=MOST_TEXT, is_long=True)


def _known(value: Read | None) -> Read:
    if value is None:
        raise LookupError("the form is not valid")
    return value
