"""Sealing what conversations by SMS hold, under root keys; a rotation reaches all of it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, LargeBinary, func, select, update
from sqlalchemy.orm import Session

from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, Cursor, register
from nav_access.core.security.sealing import (
    blind_index,
    open_with_keyring,
    reseal,
    seal_with_keyring,
)
from nav_access.intake.texting.models import OfPhone, TextDialogue, TextStop

PURPOSE = "texting"

Holder = type[OfPhone]


def seal_text(keyring: Keyring, holder: Holder, name: str, column: str, text: str) -> bytes:
    """Return `text` sealed for one column of the row called `name`."""
    place = _place(holder, name, column)
    return seal_with_keyring(keyring, text.encode(), purpose=PURPOSE, aad=place)


def open_text(keyring: Keyring, holder: Holder, name: str, column: str, sealed: bytes) -> str:
    """Return the text sealed for this very column and row."""
    place = _place(holder, name, column)
    return open_with_keyring(keyring, sealed, purpose=PURPOSE, aad=place).decode()


def _place(holder: Holder, name: str, column: str) -> str:
    return f"{holder.__tablename__}|{name}|{column}"


@dataclass(frozen=True)
class PhoneIndexOf:
    """The blind index of one table's phones: made anew from the sealed number."""

    name: str
    holder: Holder

    def reseal_batch(
        self, session: Session, keyring: Keyring, after: Cursor | None, limit: int
    ) -> Cursor | None:
        """Index up to `limit` phones under the active key; return the last row's id."""
        stale = select(self.holder).where(
            self.holder.id > (after or 0), self._key_id() != keyring.active_id.encode()
        )
        rows = session.scalars(stale.order_by(self.holder.id).limit(limit)).all()
        for row in rows:
            phone = open_text(keyring, self.holder, row.name, "phone", row.phone_sealed)
            index = blind_index(keyring, phone)
            session.execute(
                update(self.holder).where(self.holder.id == row.id).values(phone_index=index)
            )
        return rows[-1].id if rows else None

    def key_ids_in_use(self, session: Session) -> set[str]:
        """Return the key ids that index some phone."""
        found = session.scalars(select(self._key_id()).distinct())
        return {bytes(head).decode() for head in found}

    def _key_id(self) -> ColumnElement[bytes]:
        return func.substr(self.holder.phone_index, 1, ID_LENGTH, type_=LargeBinary)


def _resealer(name: str, holder: Holder, column: str) -> ColumnResealer:
    return ColumnResealer(
        name,
        holder.name,
        getattr(holder, f"{column}_sealed"),
        lambda keyring, row, sealed: reseal(
            keyring, sealed, purpose=PURPOSE, aad=_place(holder, str(row), column)
        ),
    )


register(_resealer("phones of conversations", TextDialogue, "phone"))
register(_resealer("words of conversations", TextDialogue, "told"))
register(_resealer("phones without texts", TextStop, "phone"))
register(PhoneIndexOf("phone index of conversations", TextDialogue))
register(PhoneIndexOf("phone index without texts", TextStop))
