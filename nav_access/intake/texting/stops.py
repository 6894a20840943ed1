"""Who has asked for no more texts: recorded when heard, asked about before any text leaves."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import blind_index, blind_indexes
from nav_access.intake.texting.codes import Say
from nav_access.intake.texting.models import TextStop
from nav_access.intake.texting.sealing import seal_text


def is_stopped(session: Session, phone: str, *, keyring: Keyring) -> bool:
    """Say whether this phone (E.164) has asked for no more texts."""
    indexes = blind_indexes(keyring, phone)
    found = select(TextStop.id).where(TextStop.phone_index.in_(indexes))
    return session.scalar(found.limit(1)) is not None


def may_send(session: Session, phone: str, detail: Mapping[str, Any], *, keyring: Keyring) -> bool:
    """Say whether a text may leave to this phone: after STOP only the one that confirms it."""
    return detail.get("say") == Say.STOPPED or not is_stopped(session, phone, keyring=keyring)


def stop(session: Session, phone: str, *, keyring: Keyring, now: datetime) -> bool:
    """Send this phone no more texts; say whether that is new."""
    if is_stopped(session, phone, keyring=keyring):
        return False
    name = token_hex(16)
    values = {
        "name": name,
        "phone_index": blind_index(keyring, phone),
        "phone_sealed": seal_text(keyring, TextStop, name, "phone", phone),
        "since_utc": now,
    }
    return insert_unless_taken(session, TextStop, values) is not None


def start(session: Session, phone: str, *, keyring: Keyring) -> None:
    """Let this phone get texts again."""
    indexes = blind_indexes(keyring, phone)
    session.execute(delete(TextStop).where(TextStop.phone_index.in_(indexes)))
