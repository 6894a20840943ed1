"""Sealing: AES-256-GCM tied to the place a value belongs, so that it opens nowhere else."""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring, UnknownKey

VERSION = b"\x01"
NONCE_BYTES = 12
INDEX_BYTES = 16
_KEY_ID = slice(1, 1 + ID_LENGTH)


class SealBroken(Exception):
    """A sealed value was changed, moved to another place, or sealed with a key we lack."""


def seal_with_keyring(keyring: Keyring, data: bytes, *, purpose: str, aad: str) -> bytes:
    """Seal `data` with the active key: version byte, key id, nonce, ciphertext.

    `aad` names the place the value belongs to (`table|row|column`).
    """
    key_id = keyring.active_id
    head = VERSION + key_id.encode()
    return head + _encrypt(keyring.subkey(purpose, key_id), data, head + aad.encode())


def open_with_keyring(keyring: Keyring, sealed: bytes, *, purpose: str, aad: str) -> bytes:
    """Open what `seal_with_keyring` made for the same place; raise SealBroken otherwise."""
    head, rest = sealed[: _KEY_ID.stop], sealed[_KEY_ID.stop :]
    _check_version(sealed)
    try:
        key = keyring.subkey(purpose, key_id_of(sealed))
    except UnknownKey as error:
        raise SealBroken("unknown key") from error
    return _decrypt(key, rest, head + aad.encode())


def key_id_of(sealed: bytes) -> str:
    """Return the id of the root key a value made by `seal_with_keyring` is sealed with."""
    return sealed[_KEY_ID].decode("ascii", "replace")


def reseal(keyring: Keyring, sealed: bytes, *, purpose: str, aad: str) -> bytes:
    """Return the same value sealed with the active key; unchanged when it is already."""
    if key_id_of(sealed) == keyring.active_id:
        return sealed
    data = open_with_keyring(keyring, sealed, purpose=purpose, aad=aad)
    return seal_with_keyring(keyring, data, purpose=purpose, aad=aad)


class CaseSeal:
    """The data key of one case. Destroy `wrapped` and the case's text is gone for good."""

    def __init__(self, data_key: bytes, wrapped: bytes) -> None:
        self._data_key = data_key
        self.wrapped = wrapped

    @classmethod
    def new(cls, keyring: Keyring, row: str) -> "CaseSeal":
        """Make a data key for the case `row` (its case number)."""
        data_key = secrets.token_bytes(32)
        wrapped = seal_with_keyring(keyring, data_key, purpose="wrap", aad=_wrap_place(row))
        return cls(data_key, wrapped)

    @classmethod
    def open(cls, keyring: Keyring, wrapped: bytes, row: str) -> "CaseSeal":
        """Unwrap a case's data key; raise SealBroken when it is another case's."""
        data_key = open_with_keyring(keyring, wrapped, purpose="wrap", aad=_wrap_place(row))
        return cls(data_key, wrapped)

    def seal(self, text: str, *, table: str, row: str, column: str) -> bytes:
        """Seal `text` for one column of one row: version byte, nonce, ciphertext."""
        return VERSION + _encrypt(self._data_key, text.encode(), _place(table, row, column))

    def open_text(self, sealed: bytes, *, table: str, row: str, column: str) -> str:
        """Return the text sealed for this very column and row; raise SealBroken otherwise."""
        _check_version(sealed)
        return _decrypt(self._data_key, sealed[1:], _place(table, row, column)).decode()


def rewrap(keyring: Keyring, wrapped: bytes, row: str) -> bytes:
    """Return a case's wrapped data key under the active root key; the text stays as it is."""
    return reseal(keyring, wrapped, purpose="wrap", aad=_wrap_place(row))


def blind_index(keyring: Keyring, e164_phone: str, key_id: str | None = None) -> bytes:
    """Return what a phone number is found by without being stored: key id, then keyed HMAC."""
    used = key_id or keyring.active_id
    key = keyring.subkey("blind-index", used)
    return used.encode() + hmac.digest(key, e164_phone.encode(), sha256)[:INDEX_BYTES]


def blind_indexes(keyring: Keyring, e164_phone: str) -> tuple[bytes, ...]:
    """Return every value the phone may be stored under while a rotation is under way."""
    return tuple(blind_index(keyring, e164_phone, key_id) for key_id in keyring.ids)


def _place(table: str, row: str, column: str) -> bytes:
    if "|" in table + row + column:
        raise ValueError("a place in the database has no | in its names")
    return f"{table}|{row}|{column}".encode()


def _wrap_place(row: str) -> str:
    return f"case|{row}"


def _check_version(sealed: bytes) -> None:
    if sealed[:1] != VERSION:
        raise SealBroken("unknown version")


def _encrypt(key: bytes, data: bytes, aad: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, aad)


def _decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("changed, or not from here") from error
