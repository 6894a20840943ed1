"""Knowing a text again that is delivered once more, by a digest that says nothing of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.intake.texting.models import IncomingText


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text as the gateway delivered it. `sender` is E.164, `sent_utc` its own time stamp."""

    sender: str
    text: str
    gateway_id: str | None = None
    sent_utc: datetime | None = None


def take_name(
    session: Session, incoming: Incoming, *, keyring: Keyring, now: datetime
) -> bytes | None:
    """Return the digest that names this text; None when it has been heard before."""
    told = _told_apart_by(incoming, now)
    known = [_digest(keyring, key_id, each) for key_id in keyring.ids for each in told]
    heard = select(IncomingText.id).where(IncomingText.name.in_(known)).limit(1)
    if session.scalar(heard) is not None:
        return None
    name = _digest(keyring, keyring.active_id, told[0])
    values = {"name": name, "heard_utc": now}
    return name if insert_unless_taken(session, IncomingText, values) else None


def _told_apart_by(incoming: Incoming, now: datetime) -> tuple[str, ...]:
    """Return what makes it the same text: the gateway's id, else its words and time stamp.

    With neither, the same words within the minute are one text: a gateway that tries again.
    """
    if incoming.gateway_id:
        return (f"id\0{incoming.sender}\0{incoming.gateway_id}",)
    words = f"text\0{incoming.sender}\0{incoming.text}"
    if incoming.sent_utc is not None:
        return (f"{words}\0{incoming.sent_utc.isoformat()}",)
    minutes = (now, now - timedelta(minutes=1))
    return tuple(f"{words}\0{minute:%Y-%m-%dT%H:%M}" for minute in minutes)


def _digest(keyring: Keyring, key_id: str, told: str) -> bytes:
    return digest(keyring.subkey("texting", key_id), told.encode(), "sha256")
