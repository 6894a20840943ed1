"""Offices' and places' names: folded for comparing, as addresses, out of capitals."""

import re
import unicodedata

from nav_access.core.spelling import LONGEST, fold_name, is_one_slip, without_marks

__all__ = [
    "LONGEST",
    "fold_name",
    "fold_office_name",
    "is_one_slip",
    "says_office",
    "slug_of",
    "western_digits",
    "write_capitals",
]

_SLUG_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})
_SMALL_WORDS = frozenset({"i", "og", "på", "ved", "under", "av"})


def fold_office_name(name: str) -> str:
    """Return an office's name for comparing, without the «NAV» that all of them share."""
    folded = fold_name(name)
    return folded.removeprefix("nav ") if folded != "nav" else folded


def says_office(text: str) -> bool:
    """Say whether a text names an office («NAV Frogner») rather than a place."""
    return fold_name(text).startswith("nav ")


def western_digits(text: str) -> str:
    """Return the text with every script's decimal digits as 0-9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def slug_of(name: str) -> str:
    """Return the ASCII address word of a name."""
    plain = without_marks(name.casefold().translate(_SLUG_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "office"


def write_capitals(name: str) -> str:
    """Return a name of the postal register, all capitals, as it is written in a sentence."""
    words = re.split(r"([\s(-]+)", name.strip().lower())
    written = [w if w in _SMALL_WORDS else w[:1].upper() + w[1:] for w in words]
    return "".join(written)[:1].upper() + "".join(written)[1:]
