"""The keyring: keys derived from the root keys of a file that may be rotated under us."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nav_access.core.security import keyfile
from nav_access.core.security.keyfile import KeyFile, KeyFileError, RootKey

__all__ = ["KeyFileError", "KeyInUse", "Keyring", "UnknownKey"]

LOOK_EVERY_S = 1.0
"""How old a process's idea of the newest key may be. A look costs one stat()."""

OUTLIVES_ITS_ROOT = ("audit", "case-key")
"""Purposes that check what cannot be made anew when a root key is retired."""

Signature = tuple[int, int, int]


class UnknownKey(LookupError):
    """A value names a key that is not in the file."""


class KeyInUse(Exception):
    """The key cannot be retired yet; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One reading of the file. Replaced whole, so that threads never see half of a change."""

    content: KeyFile
    signature: Signature
    derived: dict[tuple[str, str], bytes]

    def derive(self, purpose: str, key_id: str) -> bytes | None:
        """Return the key for a purpose, or None when this reading lacks the key id."""
        known = self.derived.get((purpose, key_id))
        if known is None:
            known = self._derive_anew(purpose, key_id)
            if known is not None:
                self.derived[purpose, key_id] = known
        return known

    def _derive_anew(self, purpose: str, key_id: str) -> bytes | None:
        for key in self.content.keys:
            if key.id == key_id:
                return _hkdf(key, purpose)
        return self.content.remains.get(key_id, {}).get(purpose)


class Keyring:
    """Keys by purpose. One object serves a whole process, every thread of it.

    A running process notices a rotation by itself: within a second for the key it seals
    with, and at once when something names a key it has not seen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loaded = _load(path)
        self._looked = time.monotonic()

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the key file; raise KeyFileError with one sentence when it cannot be used."""
        return cls(path)

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """Write a new key file (0600) and read it; KeyFileError when there is one already."""
        keyfile.create(path)
        return cls(path)

    @property
    def active_id(self) -> str:
        """The id of the newest key: what is sealed or signed now is sealed with it."""
        if time.monotonic() - self._looked > LOOK_EVERY_S:
            self._look_again()
        return self._loaded.content.keys[-1].id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of every root key, oldest first, the active one last."""
        return tuple(key.id for key in self._loaded.content.keys)

    def age(self, key_id: str) -> timedelta:
        """Return how long ago the key was made, by the host's clock."""
        for key in self._loaded.content.keys:
            if key.id == key_id:
                return datetime.now(UTC) - key.created
        raise UnknownKey(key_id)

    def subkey(self, purpose: str, key_id: str | None = None) -> bytes:
        """Return 32 bytes for one purpose, from the active key or the one named.

        Raises UnknownKey when the file, read again if it changed, has no such key.
        """
        wanted = self.active_id if key_id is None else key_id
        found = self._loaded.derive(purpose, wanted)
        if found is None:
            # Asked again even when nothing changed: another thread may just have read it.
            self._look_again()
            found = self._loaded.derive(purpose, wanted)
        if found is None:
            raise UnknownKey(wanted)
        return found

    def _look_again(self) -> bool:
        """Read the file if it is another than the one read; say whether it was.

        A file is read once for each change of it, so a flood of made-up key ids costs a
        stat() each. A file that cannot be used is left alone: we go on with what we have.
        """
        self._looked = time.monotonic()
        try:
            if _signature(self._path) == self._loaded.signature:
                return False
            self._loaded = _load(self._path)
        except (OSError, KeyFileError):
            return False
        return True

    @staticmethod
    def rotate(path: Path) -> str:
        """Add a root key, make it the active one, and return its id."""
        with keyfile.only_writer(path):
            content = keyfile.read(path)
            taken = frozenset(key.id for key in content.keys) | frozenset(content.remains)
            new = keyfile.new_root_key(taken)
            keyfile.replace(path, KeyFile((*content.keys, new), content.remains))
        return new.id

    @staticmethod
    def retire(path: Path, key_id: str, *, in_use: Iterable[str]) -> None:
        """Take a root key out of the file, leaving only what OUTLIVES_ITS_ROOT needs.

        `in_use` are the ids that something stored is sealed with. Raises KeyInUse
        (`unknown`, `active` or `in_use`) and changes nothing when that would lose data.
        """
        with keyfile.only_writer(path):
            content = keyfile.read(path)
            by_id = {key.id: key for key in content.keys}
            if key_id not in by_id:
                raise KeyInUse("unknown")
            if key_id == content.keys[-1].id:
                raise KeyInUse("active")
            if key_id in set(in_use):
                raise KeyInUse("in_use")
            old = by_id.pop(key_id)
            left = {purpose: _hkdf(old, purpose) for purpose in OUTLIVES_ITS_ROOT}
            remains = {**content.remains, key_id: left}
            keyfile.replace(path, KeyFile(tuple(by_id.values()), remains))


def _load(path: Path) -> _Loaded:
    # Signature first: a file replaced between the two is simply read once more.
    try:
        signature = _signature(path)
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be read: {error.strerror}.") from error
    return _Loaded(keyfile.read(path), signature, {})


def _signature(path: Path) -> Signature:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _hkdf(key: RootKey, purpose: str) -> bytes:
    info = f"nav-access/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.secret)
