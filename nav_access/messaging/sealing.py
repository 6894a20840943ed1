"""The number an answer without a case goes to: sealed under a root key while it waits."""

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, register
from nav_access.core.security.sealing import open_with_keyring, reseal, seal_with_keyring
from nav_access.messaging.models import OutboxMessage

PURPOSE = "outbox"


def seal_recipient(keyring: Keyring, once: str, recipient: str) -> bytes:
    """Return an address sealed to the message called `once`."""
    return seal_with_keyring(keyring, recipient.encode(), purpose=PURPOSE, aad=_place(once))


def open_recipient(keyring: Keyring, once: str, sealed: bytes) -> str:
    """Return the address sealed to this very message."""
    return open_with_keyring(keyring, sealed, purpose=PURPOSE, aad=_place(once)).decode()


def _place(once: str) -> str:
    return f"{OutboxMessage.__tablename__}|{once}|recipient"


register(
    ColumnResealer(
        "recipients of messages",
        OutboxMessage.once,
        OutboxMessage.recipient_sealed,
        lambda keyring, once, sealed: reseal(
            keyring, sealed, purpose=PURPOSE, aad=_place(str(once))
        ),
    )
)
