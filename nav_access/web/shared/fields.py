"""What may be typed in a field: shape, length, normalising. Errors say what to do."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

import phonenumbers
from wtforms import Field
from wtforms.utils import unset_value

from nav_access.core.i18n.wording import N_
from nav_access.core.references import digits_of

Code = TypeVar("Code", bound=StrEnum)

_NO_SIGNS = "".join(chr(plane << 16 | code) for plane in range(17) for code in (0xFFFE, 0xFFFF))
"""Code points that are no signs and may stand on no page."""

_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_SIGNS}]")
_EMAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]{2,}")


NATIONAL_DIGITS = 8
FEWEST_DIGITS = 4
"""No number anywhere has fewer digits, its country code counted where that is written."""

MOST_CODE_WORD = 40
"""Long enough for a word or two in any script; a word to be said aloud, not a sentence."""


class WriteLess(ValueError):
    """What was typed is longer than the field keeps; it stays on the page to be shortened."""


def clean(text: str) -> str:
    """Return typed text in NFC, without control characters, one kind of line break, stripped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


class TypedField(Field):
    """What our fields share: a default is a plain value, and nothing is filtered afterwards."""

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Take what was typed, else the value given, else the default."""
        self.process_errors = []
        self.process_data(self.default if data is unset_value else data)
        if formdata is not None:
            try:
                self.process_formdata(formdata.getlist(self.name))
            except ValueError as error:
                self.process_errors.append(error.args[0])

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Judge by what reading it found; only a field with validators asks them."""
        if extra_validators or self.validators:
            return bool(super().validate(form, extra_validators))
        self.errors = [*self.process_errors]
        return not self.errors


class TextField(TypedField):
    """One line or a few lines of text, cleaned, with an upper length."""

    data: str

    def __init__(self, *, most: int, is_long: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.most = most
        self.is_long = is_long

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = typed if self.is_long else " ".join(typed.split())
        if len(self.data) > self.most:
            raise WriteLess(N_("Write this shorter. The text is too long to send."))


class EmailField(TextField):
    """An e-mail address, accepted when mail could be sent to it."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and not _EMAIL.fullmatch(self.data):
            raise ValueError(N_("Write the e-mail address like this: name@example.no."))


class PhoneField(TextField):
    """A phone number in any script's digits; `number` is E.164 once it was understood."""

    number: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.number = parse_phone(self.data) if self.data else None
        if self.data and self.number is None:
            raise ValueError(
                N_("Write the phone number with 8 digits, or with + and the country code.")
            )


def parse_phone(text: str) -> str | None:
    """Return a phone number as E.164, read as Norwegian unless it begins with + or 00."""
    is_foreign = text.lstrip().startswith(("+", "00", "\uff0b"))
    digits = digits_of(text)
    if len(digits) == NATIONAL_DIGITS and not is_foreign:
        # What the library says of these, which is nearly everybody's number, at once.
        return f"+47{digits}"
    if len(digits) < FEWEST_DIGITS:
        return None
    international = "+" + digits.removeprefix("00") if is_foreign else digits
    try:
        parsed = phonenumbers.parse(international, "NO")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class CodeField(TypedField, Generic[Code]):
    """One of a closed set of codes; what is not among them counts as not answered."""

    data: Code | None

    def __init__(
        self,
        codes: type[Code],
        *,
        words: Mapping[Code | None, str],
        safest: Code | None = None,
        **options: Any,
    ) -> None:
        super().__init__(default=safest, **options)
        self._codes = {code.value: code for code in codes}
        self._safest = safest
        self.words = words

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = self._codes.get(typed, self._safest)


class CodesField(TypedField, Generic[Code]):
    """Any number of a closed set of codes; others are ignored."""

    data: frozenset[Code]

    def __init__(self, codes: type[Code], *, words: Mapping[Code, str], **options: Any) -> None:
        super().__init__(default=frozenset(), **options)
        self._codes = {code.value: code for code in codes}
        self.words = words

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = frozenset(self._codes[typed] for typed in valuelist if typed in self._codes)


class TickField(TypedField):
    """A box that is ticked (value `yes`) or not; also the two radio buttons yes and no."""

    data: bool

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = "yes" in valuelist
