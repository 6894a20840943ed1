"""Which other offices serve the municipalities that an office serves."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.models import Office, OfficeArea
from nav_access.offices.selections import where_public


def list_sharing(
    session: Session, office_id: int, municipalities: Collection[str], today: date
) -> list[str]:
    """Return the names of the other offices that serve any of these municipalities, in order."""
    found = (
        select(Office.name)
        .join(OfficeArea, OfficeArea.office_number == Office.number)
        .where(OfficeArea.municipality_number.in_(sorted(municipalities)), Office.id != office_id)
        .where(where_public(today))
        .distinct()
        .order_by(Office.name)
    )
    return list(session.scalars(found))
