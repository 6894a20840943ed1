"""How many parts a text takes on its way to a phone, and in which alphabet it goes."""

from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of GSM 03.38."""

EXTENDED = frozenset("\f^{}\\[~]|€")
"""Its extension table: an escape and the character, two places each."""


class Alphabet(StrEnum):
    """How a text is coded on its way."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


ALONE = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
JOINED = {Alphabet.GSM7: 153, Alphabet.UCS2: 67}
"""Places in each part of a longer text: a header takes some."""


@dataclass(frozen=True, slots=True)
class Segments:
    """A text as it is charged: alphabet, places taken, parts."""

    alphabet: Alphabet
    places: int
    parts: int


def find_alphabet(text: str) -> Alphabet:
    """Return the alphabet a text needs: one letter outside GSM's takes it all to UCS-2."""
    return Alphabet.GSM7 if set(text) <= BASIC | EXTENDED else Alphabet.UCS2


def count_segments(text: str) -> Segments:
    """Count the parts of a text; no character is cut in two between them."""
    alphabet = find_alphabet(text)
    widths = [_width(character, alphabet) for character in text]
    places = sum(widths)
    parts = 1 if places <= ALONE[alphabet] else _parts(widths, JOINED[alphabet])
    return Segments(alphabet, places, parts)


def _width(character: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM7:
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1


def _parts(widths: list[int], room: int) -> int:
    parts, taken = 1, 0
    for width in widths:
        if taken + width > room:
            parts, taken = parts + 1, 0
        taken += width
    return parts
