"""Comparing words as people type them: folded to plain letters, and one slip of the finger."""

import unicodedata

LONGEST = 100
"""Characters of a typed word or name that are looked at."""

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ð": "d"})
_DOUBLES = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_SHORTEST_WITH_SLIP = 4


def fold_name(text: str) -> str:
    """Return a name for comparing: «Bærum», «BAERUM» and «barum » become the same."""
    plain = without_marks(text[:LONGEST].casefold().translate(_LETTERS))
    for written, folded in _DOUBLES:
        plain = plain.replace(written, folded)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


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


def without_marks(text: str) -> str:
    """Return the text without accents and other marks."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))
