"""Keeping a conversation by SMS between two texts: the row and what it says."""

import json
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import blind_index, blind_indexes
from nav_access.intake.codes import AcuteStatement, Need
from nav_access.intake.texting.codes import Say
from nav_access.intake.texting.models import TextDialogue
from nav_access.intake.texting.rules import decide_patience
from nav_access.intake.texting.sealing import open_text, seal_text
from nav_access.intake.texting.talk import Asked, Talk

_MILLISECOND = timedelta(milliseconds=1)


def find_dialogue(session: Session, phone: str, *, keyring: Keyring) -> TextDialogue | None:
    """Return the open conversation with a phone, held until the commit."""
    indexes = blind_indexes(keyring, phone)
    held = select(TextDialogue).where(TextDialogue.phone_index.in_(indexes)).with_for_update()
    return session.scalars(held.limit(1)).first()


def begin_dialogue(
    session: Session, phone: str, talk: Talk, *, keyring: Keyring, now: datetime
) -> TextDialogue | None:
    """Return a new conversation with a phone; None when another text of theirs began one."""
    name = token_hex(16)
    values = {
        "name": name,
        "phone_index": blind_index(keyring, phone),
        "phone_sealed": seal_text(keyring, TextDialogue, name, "phone", phone),
        **_columns(talk),
        "began_utc": now,
        "due_utc": now + decide_patience(talk),
    }
    found = insert_unless_taken(session, TextDialogue, values)
    return session.get(TextDialogue, found) if found is not None else None


def end_dialogue(session: Session, row: TextDialogue) -> None:
    """Forget a conversation: what it told is in a case, or was nothing."""
    session.execute(delete(TextDialogue).where(TextDialogue.id == row.id))
    session.expunge(row)


def read_phone(row: TextDialogue, *, keyring: Keyring) -> str:
    """Return the phone a conversation is with, as E.164."""
    return open_text(keyring, TextDialogue, row.name, "phone", row.phone_sealed)


def read_talk(row: TextDialogue, *, keyring: Keyring) -> Talk:
    """Return what a conversation has told so far."""
    told = _read_told(row, keyring)
    return Talk(
        language=row.language,
        needs=frozenset(map(Need, row.needs)),
        acute=frozenset(map(AcuteStatement, row.acute)),
        is_acute_told=row.is_acute_told,
        says_today=row.says_today,
        cries_for_help=row.cries_for_help,
        place=told.get("place"),
        words=tuple(told.get("words", ())),
        hints=tuple(row.hints),
        asked=tuple(
            Asked(Say(say), datetime.fromisoformat(at), page) for say, at, page in row.asked
        ),
        lag=None if row.lag_ms is None else row.lag_ms * _MILLISECOND,
    )


def write_talk(row: TextDialogue, talk: Talk, *, keyring: Keyring, now: datetime) -> None:
    """Keep what a conversation tells now, and when it will count as abandoned."""
    for column, value in _columns(talk).items():
        setattr(row, column, value)
    told = json.dumps({"place": talk.place, "words": talk.words}, ensure_ascii=False)
    row.told_sealed = seal_text(keyring, TextDialogue, row.name, "told", told)
    row.due_utc = now + decide_patience(talk)


def _read_told(row: TextDialogue, keyring: Keyring) -> dict[str, Any]:
    if row.told_sealed is None:
        return {}
    told = open_text(keyring, TextDialogue, row.name, "told", row.told_sealed)
    return dict(json.loads(told))


def _columns(talk: Talk) -> dict[str, Any]:
    return {
        "language": talk.language,
        "needs": tuple(talk.needs),
        "acute": tuple(talk.acute),
        "is_acute_told": talk.is_acute_told,
        "says_today": talk.says_today,
        "cries_for_help": talk.cries_for_help,
        "hints": list(talk.hints),
        "asked": [[str(one.say), one.at_utc.isoformat(), one.page] for one in talk.asked],
        "lag_ms": None if talk.lag is None else talk.lag // _MILLISECOND,
    }
