"""Sealing what people wrote about the pages, and the answers, under root keys."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy.orm import InstrumentedAttribute

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, register
from nav_access.core.security.sealing import open_with_keyring, reseal, seal_with_keyring
from nav_access.feedback.models import Feedback

PURPOSE = "feedback"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote; `page` is which page they say it was, empty when they do not."""

    text: str
    page: str = ""
    email: str | None = None
    phone: str | None = None
    """E.164."""

    @property
    def wants_answer(self) -> bool:
        """Whether they left an address."""
        return bool(self.email or self.phone)


def seal_said(keyring: Keyring, once: str, said: Said) -> bytes:
    """Return what somebody wrote, sealed to the row called `once`."""
    return _seal(keyring, once, "said", json.dumps(asdict(said), ensure_ascii=False))


def open_said(keyring: Keyring, once: str, sealed: bytes) -> Said:
    """Return what was sealed to this very row."""
    return Said(**json.loads(_open(keyring, once, "said", sealed)))


def seal_answer(keyring: Keyring, once: str, text: str) -> bytes:
    """Return an answer sealed to the row called `once`."""
    return _seal(keyring, once, "answer", text)


def open_answer(keyring: Keyring, once: str, sealed: bytes) -> str:
    """Return the answer sealed to this very row."""
    return _open(keyring, once, "answer", sealed)


def _seal(keyring: Keyring, once: str, column: str, text: str) -> bytes:
    place = _place(once, column)
    return seal_with_keyring(keyring, text.encode(), purpose=PURPOSE, aad=place)


def _open(keyring: Keyring, once: str, column: str, sealed: bytes) -> str:
    place = _place(once, column)
    return open_with_keyring(keyring, sealed, purpose=PURPOSE, aad=place).decode()


def _place(once: str, column: str) -> str:
    return f"{Feedback.__tablename__}|{once}|{column}"


def _resealer(
    name: str, column: str, held: InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]
) -> ColumnResealer:
    return ColumnResealer(
        name,
        Feedback.once,
        held,
        lambda keyring, once, sealed: reseal(
            keyring, sealed, purpose=PURPOSE, aad=_place(str(once), column)
        ),
    )


register(_resealer("words about the pages", "said", Feedback.said_sealed))
register(_resealer("answers about the pages", "answer", Feedback.answer_sealed))
