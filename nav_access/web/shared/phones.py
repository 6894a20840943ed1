"""Phone numbers as people read them."""

from functools import lru_cache

import phonenumbers

NORWAY = 47


@lru_cache(maxsize=2000)
def say_public_phone(number: str) -> str:
    """Return the number of an office or a service grouped for reading; nobody's own number."""
    return say_phone(number)


def say_phone(number: str) -> str:
    """Return a number grouped for reading; a Norwegian one without its country code."""
    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        return number
    is_norwegian = parsed.country_code == NORWAY
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_norwegian else form.INTERNATIONAL)
