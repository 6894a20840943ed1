"""Keeping an office from being removed while something is given to it, and the other way round."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from nav_access.core.prepared import Prepared
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.models import Office

_HELD = Prepared(
    lambda _: (
        select(Office.id)
        .where(Office.id == bindparam("office_id"), Office.status != OfficeStatus.CLOSED)
        .with_for_update(read=True, key_share=True)
    )
)


def hold_office(session: Session, office_id: int) -> bool:
    """Keep an office in use until the commit; False when it was removed already.

    Asked before a case, an offer, a time or an agreement goes to it: it asks the row itself,
    where cards are believed for a second. Any number hold it at once, and its hours and lines
    change meanwhile. On SQLite writers take turns as it is.
    """
    return _HELD.find(session, {"office_id": office_id}) is not None


def take_office(session: Session, office_id: int) -> None:
    """Take an office alone until the commit: wait for all that hold it, and let them wait.

    Whatever is counted afterwards is all there is, and nothing more comes.
    """
    session.execute(select(Office.id).where(Office.id == office_id).with_for_update())
