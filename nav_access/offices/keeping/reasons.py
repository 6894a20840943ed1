"""An office writes why it is seldom open and how else to get help, or takes the register's."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.offices.keeping.editing import Editor, claim, has_register, note, read_office
from nav_access.offices.keeping.models import KeptReasons
from nav_access.offices.models import Office


def set_reasons(
    session: Session, editor: Editor, reason: str | None, other_way: str | None, *, now: datetime
) -> bool:
    """Write why, and the other way in; say whether anything changed. Raises OfficeChanged."""
    wanted = (reason or None, other_way or None)
    if _reasons(read_office(session, editor.office_id)) == wanted:
        return False
    office = claim(session, editor)
    _keep(session, office, wanted)
    office.restricted_reason, office.other_way_in = wanted
    note(session, editor, "reasons_written", now)
    return True


def take_register_reasons(session: Session, editor: Editor, *, now: datetime) -> bool:
    """Let them be what the register says again; say whether anything changed."""
    kept = find_kept_reasons(session, editor.office_id)
    if kept is None:
        return False
    office = claim(session, editor)
    office.restricted_reason, office.other_way_in = kept.told_reason, kept.told_way
    session.delete(kept)
    note(session, editor, "reasons_from_register", now)
    return True


def find_kept_reasons(session: Session, office_id: int) -> KeptReasons | None:
    """Return what the register says, where the office wrote something else."""
    return session.get(KeptReasons, office_id)


def _keep(session: Session, office: Office, wanted: tuple[str | None, str | None]) -> None:
    kept = find_kept_reasons(session, office.id)
    if kept is not None:
        if (kept.told_reason, kept.told_way) == wanted:
            session.delete(kept)
        return
    told = _reasons(office) if has_register(office) else (None, None)
    session.add(KeptReasons(office_id=office.id, told_reason=told[0], told_way=told[1]))


def _reasons(office: Office) -> tuple[str | None, str | None]:
    return office.restricted_reason, office.other_way_in
