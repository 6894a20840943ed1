"""Sealing what operators and offices write: with the case's key, or a root key where none is."""

from typing import Literal

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, register
from nav_access.core.security.sealing import (
    CaseSeal,
    open_with_keyring,
    reseal,
    seal_with_keyring,
)
from nav_access.intake.centre.models import CentreAnswer, CentreMessage, LookUp

PURPOSE = "contact-centre"

Column = Literal["text", "promised", "reach"]
Holder = type[CentreMessage] | type[CentreAnswer]


def seal_words(seal: CaseSeal, holder: Holder, name: str, column: Column, text: str) -> bytes:
    """Return `text` sealed for one column of the row called `name`."""
    return seal.seal(text, table=holder.__tablename__, row=name, column=column)


def open_words(
    seal: CaseSeal, holder: Holder, name: str, column: Column, sealed: bytes | None
) -> str | None:
    """Return the text of one sealed column; nothing stays nothing."""
    if sealed is None:
        return None
    return seal.open_text(sealed, table=holder.__tablename__, row=name, column=column)


def seal_reason(keyring: Keyring, name: str, words: str | None) -> bytes | None:
    """Return an operator's own words for why they looked, sealed to their look-up."""
    if not words:
        return None
    return seal_with_keyring(keyring, words.encode(), purpose=PURPOSE, aad=_place(name))


def open_reason(keyring: Keyring, name: str, sealed: bytes) -> str:
    """Return an operator's own words for why they looked."""
    return open_with_keyring(keyring, sealed, purpose=PURPOSE, aad=_place(name)).decode()


def _place(name: str) -> str:
    return f"{LookUp.__tablename__}|{name}|words"


register(
    ColumnResealer(
        "words of look-ups",
        LookUp.name,
        LookUp.words_sealed,
        lambda keyring, name, sealed: reseal(
            keyring, sealed, purpose=PURPOSE, aad=_place(str(name))
        ),
    )
)
