"""Reading values as they really come: booleans as words, lists of one, times in many hands."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import phonenumbers

Json = Mapping[str, Any]

_TIME = re.compile(r"^(?:kl\.?\s*)?(\d{1,2})(?:[:.](\d{2})(?::\d{2})?|(\d{2}))?$", re.IGNORECASE)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("mandag", "måndag", "monday"),
            ("tirsdag", "tysdag", "tuesday"),
            ("onsdag", "wednesday"),
            ("torsdag", "thursday"),
            ("fredag", "friday"),
            ("lørdag", "laurdag", "saturday"),
            ("søndag", "sundag", "sunday"),
        )
    )
    for name in names
}
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST_TEXT = 10_000


def read_text(value: object, longest: int = _LONGEST_TEXT) -> str | None:
    """Return text with its line breaks, or None for nothing, null and empty."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTED.sub("", text).strip()[:longest].strip() or None


def read_line(value: object, longest: int = 200) -> str | None:
    """Return text as one line."""
    text = read_text(value)
    return " ".join(text.split())[:longest].strip() if text else None


def is_true(value: object) -> bool:
    """Say whether a boolean is true: it comes as `true`, as a word, or not at all."""
    return value is True or str(value).strip().casefold() in {"true", "1", "ja", "yes"}


def read_list(value: object) -> list[Json]:
    """Return the objects of a list; a list of one may come as the object itself."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def read_object(value: object) -> Json:
    """Return an object; an object may come as a list of one, as text or not at all."""
    found = read_list(value)
    return found[0] if found else {}


def read_minute(value: object) -> int | None:
    """Return the minute of the day of «09:00», «9:00», «09.00», «0900» or «9»."""
    found = _TIME.match(read_line(value) or "")
    if not found:
        return None
    minute = int(found[1]) * 60 + int(found[2] or found[3] or 0)
    return minute if minute <= 24 * 60 and int(found[2] or found[3] or 0) < 60 else None


def read_weekday(value: object) -> int | None:
    """Return a weekday's number, 0 being Monday, from its Norwegian or English name."""
    return _WEEKDAYS.get((read_line(value) or "").casefold())


def read_date(value: object) -> date | None:
    """Return a date from ISO text, with or without a time after it."""
    try:
        return date.fromisoformat((read_line(value) or "")[:10])
    except ValueError:
        return None


def read_phone(value: object) -> str | None:
    """Return a number as E.164; as written when it is too short or odd to be one."""
    written = (read_line(value, 40) or "").strip("\"' ")
    if not any(c.isdigit() for c in written):
        return None
    try:
        number = phonenumbers.parse(written, "NO")
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
