"""What may be typed at the contact centre: a look-up, a message, a transfer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.core.references import KEY_DIGITS, NUMBER_DIGITS, digits_of, is_case_number
from nav_access.intake.centre.codes import LookUpReason, TransferOutcome
from nav_access.intake.centre.looking import Question
from nav_access.intake.centre.messages import NewMessage
from nav_access.intake.codes import Reach, TimeOfDay, Urgency
from nav_access.web.contact_centre import wording
from nav_access.web.shared.choice_field import ChoiceField
from nav_access.web.shared.fields import CodeField, TextField, TickField, TypedField, parse_phone
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in import wording as staff_words
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.typed_times import parse_day, parse_time, to_instant

MOST_TEXT = 2000
MOST_NOTE = 300

OTHER = "other"
"""The choice of a deadline that is written below it."""

UNDERSTOOD = N_("Write a phone number, or a case number of 8 digits.")


class DeadlineField(TypedField):
    """By when: an instant the page offered, or OTHER; `words` are what the page offers now."""

    data: str | None
    words: Mapping[str | None, str] = {}

    def process_data(self, value: object) -> None:
        self.data = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = typed if typed == OTHER or _read_instant(typed) else None

    @property
    def instant(self) -> datetime | None:
        """The instant that was chosen; None when none was, or it is written elsewhere."""
        return _read_instant(self.data or "")


class LookUpForm(DoorForm):
    """Whom the operator looks for, and why."""

    asked = TextField(most=60)
    reason = CodeField(LookUpReason, words=wording.REASONS)
    words = TextField(most=MOST_NOTE, is_long=True)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a number that is one, and for the reason."""
        super().validate(extra_validators)
        if not self.asked.errors and self.phone is None and self.number is None:
            self.ask(self.asked, UNDERSTOOD)
        if self.reason.data is None:
            self.ask(self.reason, N_("Choose why you look."))
        if self.reason.data is LookUpReason.OTHER and not self.words.data:
            self.ask(self.words, N_("Write why you look."))
        return not self.has_errors

    @property
    def phone(self) -> str | None:
        """The phone number that was typed, as E.164."""
        is_code = len(digits_of(self.asked.data)) == NUMBER_DIGITS + KEY_DIGITS
        return None if is_code else parse_phone(self.asked.data)

    @property
    def number(self) -> str | None:
        """The case number that was typed, if it is one; of a whole case code the first digits."""
        digits = digits_of(self.asked.data)
        if self.asked.data.lstrip().startswith("+"):
            return None
        is_one = len(digits) in (NUMBER_DIGITS, NUMBER_DIGITS + KEY_DIGITS)
        number = digits[:NUMBER_DIGITS]
        return number if is_one and is_case_number(number) else None

    def to_question(self) -> Question:
        """Return what is looked for; the form is valid."""
        reason = self.reason.data or LookUpReason.OTHER
        return Question(reason, self.phone, self.number, self.words.data or None)


class MessageForm(DoorForm):
    """A message to the office, its fields in the order they stand on the page."""

    text = TextField(most=MOST_TEXT, is_long=True)
    urgency = ChoiceField(
        words={str(int(one)): word for one, word in staff_words.URGENCIES.items()}
    )
    deadline = DeadlineField()
    day = TextField(most=40)
    time = TextField(most=20)
    promised = TextField(most=MOST_NOTE, is_long=True)
    reach = CodeField(Reach, words=wording.REACHES, safest=Reach.CALL)
    when = CodeField(TimeOfDay, words=wording.TIMES, safest=TimeOfDay.ANY)
    reach_note = TextField(most=MOST_NOTE)
    interpreter = TickField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a deadline and for words."""
        super().validate(extra_validators)
        if self.urgency.data is None:
            self.ask(self.urgency, N_("Choose how urgent it is."))
        if self.deadline.data is None:
            self.ask(self.deadline, N_("Choose by when."))
        if self.deadline.data == OTHER:
            self._check_other()
        if not self.text.data and not self.text.errors:
            self.ask(self.text, N_("Write what the office should know or do."))
        return not self.has_errors

    def _check_other(self) -> None:
        if parse_day(self.day.data, to_oslo(now()).date()) is None:
            self.ask(self.day, N_("Write the day like this: 24.11, or “tomorrow”."))
        if parse_time(self.time.data) is None:
            self.ask(self.time, N_("Write the time like this: 14:30."))

    def find_deadline(self) -> datetime | None:
        """Return the instant that was chosen or written; None while there is none."""
        if self.deadline.data != OTHER:
            return self.deadline.instant
        day, at = parse_day(self.day.data, to_oslo(now()).date()), parse_time(self.time.data)
        return to_instant(day, at) if day and at else None

    def to_message(self) -> NewMessage:
        """Return the message as the room takes it; the form is valid."""
        deadline = self.find_deadline()
        if deadline is None:
            raise LookupError("the form is not valid")
        return NewMessage(
            urgency=Urgency(int(self.urgency.data or Urgency.ORDINARY)),
            deadline_utc=deadline,
            text=self.text.data,
            reach=self.reach.data or Reach.CALL,
            best_time=self.when.data or TimeOfDay.ANY,
            needs_interpreter=self.interpreter.data,
            reach_note=self.reach_note.data or None,
            promised=self.promised.data or None,
        )


class TransferForm(DoorForm):
    """How an attempt to put a caller through went: one press."""

    outcome = CodeField(TransferOutcome, words=wording.TRANSFERS)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask how it went."""
        super().validate(extra_validators)
        if self.outcome.data is None:
            self.ask(self.outcome, N_("Choose how it went."))
        return not self.has_errors


def _read_instant(typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
