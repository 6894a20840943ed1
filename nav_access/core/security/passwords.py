"""Staff passwords: argon2id, the same work whether or not there is someone to check."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's setting (19 MiB, two passes). argon2-cffi's own takes 64 MiB and 0.2 s a try,
so that a handful of parallel sign-ins would outweigh the whole worker."""

NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$omgwHNoRN/nkiD4bDbYiTQ$"
    "zLHQ+2daZKuHZqaTGAd+xBV/NP3D1gTOrLVGylKpKD8"
)
"""What is checked for an unknown person, so that the answer takes as long."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """Return an argon2id hash, with its salt and cost inside."""
    return _HASHER.hash(_normal(password))


def is_password(hashed: str | None, password: str) -> bool:
    """Say whether the password is right; None (an unknown person) costs the same and is wrong."""
    try:
        _HASHER.verify(hashed or NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def needs_rehash(hashed: str) -> bool:
    """Say whether the hash was made at another cost than today's."""
    return _HASHER.check_needs_rehash(hashed)


def new_password() -> str:
    """Return a password of 99 random bits in four groups, without look-alike letters."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _normal(password: str) -> str:
    # The same password typed on two keyboards may differ in composition only.
    return unicodedata.normalize("NFKC", password)
