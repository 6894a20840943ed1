"""Names as people type them: folded for comparing, one slip of the finger, slugs, capitals."""

import re
import unicodedata

LONGEST = 100
"""Characters of a typed name that are looked at."""

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ð": "d"})
_SLUG_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})
_DOUBLES = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_SMALL_WORDS = frozenset({"i", "og", "på", "ved", "under", "av"})
_SHORTEST_WITH_SLIP = 4


def fold_name(text: str) -> str:
    """Return a name for comparing: «Bærum», «BAERUM» and «barum » become the same."""
    plain = _without_marks(text[:LONGEST].casefold().translate(_LETTERS))
    for written, folded in _DOUBLES:
        plain = plain.replace(written, folded)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


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


def is_one_slip(typed: str, name: str) -> bool:
    """Say whether one letter too many, too few, wrong or swapped separates two folded names."""
    if len(typed) < _SHORTEST_WITH_SLIP or abs(len(typed) - len(name)) > 1 or typed == name:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), None)
    if at is None:
        return True
    rest_typed, rest_name = typed[at:], name[at:]
    is_swapped = rest_typed[:2] == rest_name[1::-1] and rest_typed[2:] == rest_name[2:]
    return (
        is_swapped
        or rest_typed[1:] == rest_name[1:]
        or rest_typed[1:] == rest_name
        or rest_typed == rest_name[1:]
    )


def slug_of(name: str) -> str:
    """Return the ASCII address word of a name."""
    plain = _without_marks(name.casefold().translate(_SLUG_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "office"


def write_capitals(name: str) -> str:
    """Return a name of the postal register, all capitals, as it is written in a sentence."""
    words = re.split(r"([\s(-]+)", name.strip().lower())
    written = [w if w in _SMALL_WORDS else w[:1].upper() + w[1:] for w in words]
    return "".join(written)[:1].upper() + "".join(written)[1:]


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))
