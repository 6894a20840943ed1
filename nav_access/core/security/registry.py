"""What is sealed with root keys, so that a rotation can reach all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring

Cursor = int | str


class Resealer(Protocol):
    """One kind of sealed value, walked in batches that can be stopped and begun again."""

    @property
    def name(self) -> str:
        """What is shown while it runs."""

    def reseal_batch(
        self, session: Session, keyring: Keyring, after: Cursor | None, limit: int
    ) -> Cursor | None:
        """Reseal up to `limit` rows after `after`; return where to go on, None at the end."""

    def key_ids_in_use(self, session: Session) -> set[str]:
        """Return the key ids that some stored value still needs."""


_resealers: dict[str, Resealer] = {}


def register(resealer: Resealer) -> None:
    """Declare something sealed. Called once, where the room that owns it is defined."""
    _resealers[resealer.name] = resealer


def resealers() -> tuple[Resealer, ...]:
    """Return everything declared, by name."""
    return tuple(_resealers[name] for name in sorted(_resealers))


@dataclass(frozen=True)
class ColumnResealer:
    """Reseals one column whose value starts with a version byte and a key id."""

    name: str
    key: InstrumentedAttribute[Any]
    column: InstrumentedAttribute[Any]
    reseal: Callable[[Keyring, Cursor, bytes], bytes]

    def reseal_batch(
        self, session: Session, keyring: Keyring, after: Cursor | None, limit: int
    ) -> Cursor | None:
        """Reseal the next rows under an old key; rows already done are passed over."""
        stale = select(self.key, self.column).where(
            self.column.is_not(None), self._key_id() != keyring.active_id.encode()
        )
        if after is not None:
            stale = stale.where(self.key > after)
        rows = session.execute(stale.order_by(self.key).limit(limit)).all()
        for key, sealed in rows:
            self._write(session, key, sealed, self.reseal(keyring, key, sealed))
        return rows[-1][0] if rows else None

    def _write(self, session: Session, key: Cursor, old: bytes, new: bytes) -> None:
        # Only if nobody changed it since it was read.
        where = (self.key == key, self.column == old)
        session.execute(update(self.column.class_).where(*where).values({self.column: new}))

    def key_ids_in_use(self, session: Session) -> set[str]:
        """Return the key ids found at the head of the column's values."""
        heads = select(self._key_id()).where(self.column.is_not(None)).distinct()
        return {bytes(head).decode() for head in session.scalars(heads)}

    def _key_id(self) -> Any:
        return func.substr(self.column, 2, ID_LENGTH, type_=LargeBinary)
