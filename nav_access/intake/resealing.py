"""What this room holds under root keys: case keys and the phone index."""

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import Session

from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, Cursor, register
from nav_access.core.security.sealing import blind_index, rewrap
from nav_access.intake.models import Case, Reaching
from nav_access.intake.sealing import open_reaching, open_seal


class PhoneIndex:
    """The blind index on phone numbers: made anew from the sealed number."""

    name = "phone index"

    def reseal_batch(
        self, session: Session, keyring: Keyring, after: Cursor | None, limit: int
    ) -> Cursor | None:
        """Index up to `limit` phones under the active key; return the last case's id."""
        key_id = func.substr(Reaching.phone_index, 1, ID_LENGTH, type_=LargeBinary)
        stale = (
            select(Case, Reaching)
            .join(Reaching)
            .where(Case.wrapped_key.is_not(None), Case.id > (after or 0))
            .where(Reaching.phone_index.is_not(None), key_id != keyring.active_id.encode())
        )
        rows = session.execute(stale.order_by(Case.id).limit(limit)).all()
        for case, reaching in rows:
            self._write(session, keyring, case, reaching)
        return rows[-1][0].id if rows else None

    def _write(self, session: Session, keyring: Keyring, case: Case, reaching: Reaching) -> None:
        sealed = reaching.phone_sealed
        phone = open_reaching(open_seal(keyring, case), case.number, "phone", sealed)
        if phone is None:
            return
        # Only if the person has not given another number since it was read.
        unchanged = (Reaching.case_id == case.id, Reaching.phone_sealed == sealed)
        index = blind_index(keyring, phone)
        session.execute(update(Reaching).where(*unchanged).values(phone_index=index))

    def key_ids_in_use(self, session: Session) -> set[str]:
        """Return the key ids that index some phone."""
        key_id = func.substr(Reaching.phone_index, 1, ID_LENGTH, type_=LargeBinary)
        found = select(key_id).where(Reaching.phone_index.is_not(None)).distinct()
        return {bytes(head).decode() for head in session.scalars(found)}


register(
    ColumnResealer(
        "case keys",
        Case.number,
        Case.wrapped_key,
        lambda keyring, number, wrapped: rewrap(keyring, wrapped, str(number)),
    )
)
register(PhoneIndex())
