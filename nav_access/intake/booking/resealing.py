"""The blind index of who has something booked: made anew from the case when keys rotate."""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, LargeBinary, func, select, update
from sqlalchemy.orm import Session, aliased

from nav_access.appointments.codes import BookingState
from nav_access.appointments.models import Booking
from nav_access.core.security.keyfile import ID_LENGTH
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import Cursor, register
from nav_access.intake.booking.person_index import index_person, person_of
from nav_access.intake.models import Case, Reaching


class PersonIndex:
    """Only open bookings have the index; it says who the case is about at the rotation."""

    name = "booking index"

    def reseal_batch(
        self, session: Session, keyring: Keyring, after: Cursor | None, limit: int
    ) -> Cursor | None:
        """Index up to `limit` bookings under the active key; return the last one's id."""
        stale = (
            select(Booking.id, Booking.person_index, Case, Reaching)
            .join(Case, Case.id == Booking.case_id)
            .join(Reaching, Reaching.case_id == Case.id)
            .where(Booking.id > (after or 0), Booking.person_index.is_not(None))
            .where(_key_id() != keyring.active_id.encode())
        )
        rows = session.execute(stale.order_by(Booking.id).limit(limit)).all()
        for booking_id, old, case, reaching in rows:
            _write(session, booking_id, old, _index(keyring, case, reaching))
        return rows[-1][0] if rows else None

    def key_ids_in_use(self, session: Session) -> set[str]:
        """Return the key ids that index some booking."""
        found = select(_key_id()).where(Booking.person_index.is_not(None)).distinct()
        return {bytes(head).decode() for head in session.scalars(found)}


def _key_id() -> ColumnElement[bytes]:
    return func.substr(Booking.person_index, 1, ID_LENGTH, type_=LargeBinary)


def _index(keyring: Keyring, case: Case, reaching: Reaching) -> bytes | None:
    if case.wrapped_key is None:
        return None
    person = person_of(keyring, case, reaching)
    return index_person(keyring, person) if person else None


def _write(session: Session, booking_id: int, old: bytes | None, new: bytes | None) -> None:
    """Store the index, if the booking has not changed since and no other has it."""
    other = aliased(Booking)
    is_taken = (
        select(other.id)
        .where(other.person_index == new, other.purpose == Booking.purpose)
        .where(other.state == BookingState.BOOKED)
        .exists()
    )
    mine = Booking.id == booking_id, Booking.person_index == old
    quiet = {"synchronize_session": False}
    written = session.execute(
        update(Booking).where(*mine, ~is_taken).values(person_index=new).execution_options(**quiet)
    )
    if cast("CursorResult[Any]", written).rowcount == 0:
        # Booked twice while the key changed: the case's own rule holds, this one is let go.
        session.execute(
            update(Booking).where(*mine).values(person_index=None).execution_options(**quiet)
        )


register(PersonIndex())
