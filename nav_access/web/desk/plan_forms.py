"""What may be typed in a plan: a common step or own words, whose it is, and a day."""

from collections.abc import Sequence

from nav_access.core.i18n.locales import by_tag
from nav_access.core.i18n.wording import N_
from nav_access.intake.sides.codes import CommonStep
from nav_access.intake.sides.plan import MOST_WORDS, Step, StepWish
from nav_access.staff.codes import Side
from nav_access.web.desk import sides_words
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.sides_forms import MOST_ID_DIGITS
from nav_access.web.shared.fields import CodeField, TextField
from nav_access.web.shared.signed_in.day_fields import DayField

MOST_TAG = 10


class OptionalDayField(DayField):
    """A day, or none."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if any(typed.strip() for typed in valuelist):
            super().process_formdata(valuelist)


class StepForm(CaseForm):
    """One step, new or changed."""

    text_name = "words"
    step = TextField(most=MOST_ID_DIGITS)
    common = CodeField(CommonStep, words=sides_words.STEPS)
    words = TextField(most=MOST_WORDS)
    written_in = TextField(most=MOST_TAG)
    side = CodeField(Side, words=sides_words.SIDES)
    day = OptionalDayField(most=40)

    @property
    def step_id(self) -> int:
        """Which step; 0, which none is, when it does not say."""
        typed = str(self.step.data)
        return int(typed) if typed.isascii() and typed.isdecimal() else 0

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for what the person is to read, and for who does it."""
        super().validate(extra_validators)
        if self.common.data is None and not self.words.data and not self.words.errors:
            self.ask(self.words, N_("Choose a step, or write one in your own words."))
        if self.common.data is not None and self.words.data:
            self.ask(self.words, N_("Choose a step or write your own words, not both."))
        if self.side.data is None:
            self.ask(self.side, N_("Choose who does it."))
        return not self.has_errors

    def to_wish(self) -> StepWish:
        """Return what the step is to say; the form is valid."""
        if self.side.data is None:
            raise LookupError("the form is not valid")
        written = by_tag(str(self.written_in.data))
        return StepWish(
            side=self.side.data,
            common=self.common.data,
            words=self.words.data or None,
            language=written.tag if written else None,
            on_date=self.day.read,
        )

    @classmethod
    def of(cls, step: Step) -> "StepForm":
        """Return the form to change a step."""
        return cls(
            formdata=None,
            step=str(step.step_id),
            common=step.common,
            words=step.words,
            written_in=step.language,
            side=step.side,
            day=f"{step.on_date:%d.%m.%Y}" if step.on_date else "",
        )


class StepActForm(CaseForm):
    """A button beside a step."""

    step = TextField(most=MOST_ID_DIGITS)

    @property
    def step_id(self) -> int:
        """Which step; 0, which none is, when it does not say."""
        typed = str(self.step.data)
        return int(typed) if typed.isascii() and typed.isdecimal() else 0
