"""Phone numbers as people read them."""

import phonenumbers

NORWAY = 47


def say_phone(number: str) -> str:
    """Return a number grouped for reading; a Norwegian one without its country code."""
    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        return number
    is_norwegian = parsed.country_code == NORWAY
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_norwegian else form.INTERNATIONAL)
