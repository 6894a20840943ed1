"""The case code: an 8-digit case number everyone may see and a 12-digit key only one holds."""

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret, verify_secret

from nav_access.core.security.keyring import Keyring, UnknownKey

NUMBER_DIGITS = 8
KEY_DIGITS = 12
_DIGITS = re.compile(r"[0-9]+")

_COST = {"time_cost": 1, "memory_cost": 8, "parallelism": 1, "hash_len": 32}
"""The least there is. See docs/decisions/case-key-cost.md: the 40 bits are guarded by a key
outside the database and by counted tries, not by slowness."""

_MADE_LIKE = "$argon2id$v=19$m=8,t=1,p=1$"
_NOBODY = f"{_MADE_LIKE}c3Nzc3Nzc3Nzc3Nzc3Nzcw$2hRHaY3sodpKt4ISI7yvmPvQR7W/RJGfeJOTCS7zZvk".encode()

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class OnlyCaseNumber(Exception):
    """A valid case number was typed where the whole code is needed."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NotACaseCode(Exception):
    """What was typed is not a case code: wrong length, or a digit mistyped in the number."""


@dataclass(frozen=True, slots=True)
class CaseCode:
    """A case code as typed. That its number is well formed says nothing about its key."""

    number: str
    key: str


def new_case_number() -> str:
    """Return seven random digits and their Damm check digit."""
    digits = f"{secrets.randbelow(10**7):07d}"
    return digits + str(_damm(digits))


def new_key() -> str:
    """Return twelve random digits: a key of its own, which no form gives again."""
    return f"{secrets.randbelow(10**KEY_DIGITS):0{KEY_DIGITS}d}"


def is_case_number(text: str) -> bool:
    """Say whether `text` is eight ASCII digits that check out."""
    return len(text) == NUMBER_DIGITS and bool(_DIGITS.fullmatch(text)) and _damm(text) == 0


def digits_of(text: str) -> str:
    """Return the digits of `text`, of whatever script, as ASCII; all else is dropped."""
    found = (unicodedata.digit(character, None) for character in text)
    return "".join(str(digit) for digit in found if digit is not None)


def parse_case_code(text: str) -> CaseCode:
    """Read a code in any grouping and script; raise OnlyCaseNumber or NotACaseCode."""
    digits = digits_of(text)
    number, key = digits[:NUMBER_DIGITS], digits[NUMBER_DIGITS:]
    if not is_case_number(number) or len(key) not in (0, KEY_DIGITS):
        raise NotACaseCode
    if not key:
        raise OnlyCaseNumber(number)
    return CaseCode(number, key)


def group_code(number: str, key: str) -> str:
    """Return the code as five groups of four digits."""
    code = number + key
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def derive_key(keyring: Keyring, once: bytes, key_id: str) -> str:
    """Return the 12-digit key that belongs to a form's `once`: sent again, the same key.

    `key_id` is the one the form's token was signed with. Raises UnknownKey.
    """
    digest = hmac.digest(keyring.subkey("case-code", key_id), once, sha256)
    # 256 bits taken modulo 10^12: the bias is 10^-65.
    return f"{int.from_bytes(digest) % 10**KEY_DIGITS:0{KEY_DIGITS}d}"


def make_verifier(keyring: Keyring, number: str, key: str) -> str:
    """Return what is stored of a key: the root key's id and argon2id over a keyed HMAC."""
    key_id = keyring.active_id
    peppered = _pepper(keyring, key_id, number, key)
    hashed = hash_secret(peppered, secrets.token_bytes(16), type=Type.ID, **_COST)
    return f"{key_id}{hashed.decode()}"


def is_key(keyring: Keyring, verifier: str | None, number: str, key: str) -> bool:
    """Say whether `key` opens the case; an unknown case (None) costs the same work."""
    key_id, separator, hashed = (verifier or "").partition("$")
    try:
        peppered = _pepper(keyring, key_id or keyring.active_id, number, key)
    except UnknownKey:
        peppered, separator = _pepper(keyring, keyring.active_id, number, key), ""
    try:
        verify_secret(f"${hashed}".encode() if separator else _NOBODY, peppered, Type.ID)
    except (VerificationError, InvalidHashError):
        return False
    return bool(separator)


def is_verifier_current(keyring: Keyring, verifier: str) -> bool:
    """Say whether one made now would be like it; if not, it is made anew when its holder comes."""
    return verifier.startswith(f"{keyring.active_id}{_MADE_LIKE}")


def _pepper(keyring: Keyring, key_id: str, number: str, key: str) -> bytes:
    return hmac.digest(keyring.subkey("case-key", key_id), f"{number}/{key}".encode(), sha256)


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
