"""A manager's change to an office: who, at which office, having seen which edition of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping.errors import OfficeChanged
from nav_access.offices.models import Office
from nav_access.offices.noting import note_change
from nav_access.offices.selections import with_everything

OWN = "own"
"""The source of offices that an administrator made here: no register speaks of them."""

_NO_REGISTER = frozenset({OWN, "built_in"})


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes which office; `actor` as the audit names them, `seen` the edition they saw."""

    office_id: int
    actor: str
    seen: int


def read_office(session: Session, office_id: int) -> Office:
    """Return an office as it is stored now, with everything; raises OfficeNotFound."""
    fresh = with_everything().execution_options(populate_existing=True)
    office = session.scalars(fresh.where(Office.id == office_id)).one_or_none()
    if office is None:
        raise OfficeNotFound
    return office


def has_register(office: Office) -> bool:
    """Say whether a file told of this office, so that a later one may speak of it again."""
    return office.source not in _NO_REGISTER


def claim(session: Session, editor: Editor) -> Office:
    """Take the office for one change and return it; raises OfficeChanged when it is another now.

    One conditional UPDATE: of two who saw the same edition, one changes it.
    """
    session.flush()
    taken = session.execute(
        update(Office)
        .where(Office.id == editor.office_id, Office.edition == editor.seen)
        .values(edition=Office.edition + 1)
        .returning(Office.id)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        raise OfficeChanged
    return read_office(session, editor.office_id)


def note(
    session: Session,
    editor: Editor,
    action: str,
    now: datetime,
    detail: dict[str, str | int | bool] | None = None,
) -> None:
    """Write the change down in the audit, and let caches know of it."""
    note_change(session, editor.office_id, f"office.{action}", editor.actor, now, detail)
