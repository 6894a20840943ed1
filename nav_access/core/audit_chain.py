"""How audit entries are chained: what each mac covers, and the head that is held while writing."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nav_access.core.audit_tables import ENTRIES, HEAD
from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring, UnknownKey

PURPOSE = "audit"
START = b"\0" * 32
_HEAD_COLUMNS = ("first", "before_mac", "last", "last_mac", "key_id", "mac")
_LOCK_HEAD = Prepared(lambda _: select(*(HEAD.c[name] for name in _HEAD_COLUMNS)).with_for_update())
_WRITE_HEAD = Prepared(
    lambda _: update(HEAD).values({name: bindparam(name) for name in _HEAD_COLUMNS})
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says, before it has its place in the chain."""

    at_utc: datetime
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain begins and ends."""

    first: int
    before_mac: bytes
    last: int
    last_mac: bytes


def lock_head(session: Session, keyring: Keyring) -> tuple[Head, bool]:
    """Return the head, held until this unit of work ends, and whether it is as we left it."""
    found = _LOCK_HEAD.find(session)
    if found is None:
        _make_head(session, keyring)
        found = _LOCK_HEAD.find(session)
    *parts, key_id, mac = found or ()
    head = Head(*parts)
    return head, is_head_ours(keyring, head, key_id, mac)


def _make_head(session: Session, keyring: Keyring) -> None:
    # Over entries whose head was removed, the next one fits nothing and so shows it.
    last = session.scalar(select(func.max(ENTRIES.c.number))) or 0
    dialect = session.get_bind().dialect.name
    new = postgresql.insert(HEAD) if dialect == "postgresql" else sqlite.insert(HEAD)
    columns = _head_columns(keyring, Head(1, START, last, START))
    # Two first entries at once: one makes the head, the other waits for it.
    session.execute(new.values(id=1, **columns).on_conflict_do_nothing())


def write_head(session: Session, keyring: Keyring, head: Head) -> None:
    """Store the head, with its mac, in this unit of work."""
    _WRITE_HEAD.run(session, _head_columns(keyring, head))


def _head_columns(keyring: Keyring, head: Head) -> dict[str, object]:
    key_id = keyring.active_id
    columns = {name: getattr(head, name) for name in Head.__slots__}
    return {**columns, "key_id": key_id, "mac": _head_mac(keyring, key_id, head)}


def is_head_ours(keyring: Keyring, head: Head, key_id: str, mac: bytes) -> bool:
    """Say whether `mac` is what a process with our keys put on this head."""
    try:
        return hmac.compare_digest(mac, _head_mac(keyring, key_id, head))
    except UnknownKey:
        return False


def _head_mac(keyring: Keyring, key_id: str, head: Head) -> bytes:
    parts = ["head", key_id, head.first, head.before_mac.hex(), head.last, head.last_mac.hex()]
    return _mac(keyring, key_id, parts)


def entry_mac(keyring: Keyring, key_id: str, number: int, entry: Entry, before: bytes) -> bytes:
    """Return the mac of an entry: over its place, all it says, and the mac before it."""
    at = entry.at_utc.isoformat()
    what = [entry.actor, entry.action, entry.subject, entry.detail]
    return _mac(keyring, key_id, ["entry", key_id, number, at, *what, before.hex()])


def _mac(keyring: Keyring, key_id: str, parts: list[object]) -> bytes:
    return hmac.digest(keyring.subkey(PURPOSE, key_id), json.dumps(parts).encode(), sha256)
