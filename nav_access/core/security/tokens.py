"""Tokens in hidden form fields: who made it, when, and for which form; nothing is stored."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring, UnknownKey

LIFETIME = timedelta(hours=24)
"""How long a form may lie open: a person may go away to charge a phone or ask someone."""

ONCE_BYTES = 16
_TIME_BYTES = 4
_MAC_BYTES = 18
_NONCE_BYTES = 12
_HEAD = ID_LENGTH + _TIME_BYTES
_BODY = _HEAD + ONCE_BYTES
_EPOCH = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
"""Seconds are counted from here in four bytes, which lasts until 2156."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BadToken(Exception):
    """The token is not one of ours, or is for another form."""


class ExpiredToken(Exception):
    """The token is ours but its time is over."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a form's token says. `once` is the submission's key: the same form, the same key."""

    once: bytes
    issued: datetime
    key_id: str
    is_expired: bool


class FormTokens:
    """Signed tokens of 56 characters: key id 4, time 4, random 16, MAC 18 bytes."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def issue(self, now: datetime, scope: str) -> str:
        """Return a token for one showing of the form `scope`."""
        key_id = self._keyring.active_id
        body = key_id.encode() + _pack(now) + secrets.token_bytes(ONCE_BYTES)
        return urlsafe_b64encode(body + self._sign(body, key_id, scope)).decode()

    def read(self, text: str, now: datetime, scope: str) -> FormToken:
        """Return what the token says, expired or not; raise BadToken when it is not ours."""
        raw = _decode(text)
        body, mac = raw[:_BODY], raw[_BODY:]
        key_id = body[:ID_LENGTH].decode("ascii", "replace")
        if not hmac.compare_digest(mac, self._sign(body, key_id, scope)):
            raise BadToken
        issued = _unpack(body[ID_LENGTH:_HEAD])
        return FormToken(body[_HEAD:], issued, key_id, now - issued >= LIFETIME)

    def _sign(self, body: bytes, key_id: str, scope: str) -> bytes:
        key = _key(self._keyring, "form-token", key_id)
        return hmac.digest(key, body + scope.encode(), sha256)[:_MAC_BYTES]


class SealedTokens:
    """Encrypted tokens that carry a few texts from one page to the next, for a while."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def seal(self, payload: dict[str, str], now: datetime, lifetime: timedelta, scope: str) -> str:
        """Return `payload` sealed until `now + lifetime`, for the pages of `scope` only."""
        key_id = self._keyring.active_id
        head = key_id.encode() + _pack(now + lifetime)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        data = _write(payload).encode()
        cipher = AESGCM(_key(self._keyring, "sealed-token", key_id))
        sealed = cipher.encrypt(nonce, data, head + scope.encode())
        return urlsafe_b64encode(head + nonce + sealed).decode().rstrip("=")

    def open(self, text: str, now: datetime, scope: str) -> dict[str, str]:
        """Return the payload; raise BadToken when it is not ours, ExpiredToken when too old."""
        raw = _decode(text)
        head, nonce, sealed = (
            raw[:_HEAD],
            raw[_HEAD : _HEAD + _NONCE_BYTES],
            raw[_HEAD + _NONCE_BYTES :],
        )
        key = _key(self._keyring, "sealed-token", head[:ID_LENGTH].decode("ascii", "replace"))
        try:
            data = AESGCM(key).decrypt(nonce, sealed, head + scope.encode())
        except (InvalidTag, ValueError) as error:
            raise BadToken from error
        if now >= _unpack(head[ID_LENGTH:]):
            raise ExpiredToken
        payload: dict[str, str] = json.loads(data)
        return payload


def ends_utc(text: str) -> datetime:
    """Return until when a sealed token of ours opens, without opening it; raises BadToken."""
    head = _decode(text)[:_HEAD]
    if len(head) < _HEAD:
        raise BadToken
    return _unpack(head[ID_LENGTH:])


def _key(keyring: Keyring, purpose: str, key_id: str) -> bytes:
    try:
        return keyring.subkey(purpose, key_id)
    except UnknownKey as error:
        raise BadToken from error


def _decode(text: str) -> bytes:
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise BadToken from error
    # One value, one spelling: the decoder skips what it does not know.
    if urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise BadToken
    return raw


def _pack(instant: datetime) -> bytes:
    return (int(instant.timestamp()) - _EPOCH).to_bytes(_TIME_BYTES)


def _unpack(packed: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(packed) + _EPOCH, UTC)
