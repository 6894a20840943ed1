"""What somebody changed of an office's page: in the audit, and known to the caches."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.offices.changes import bump_data_version


def note_change(
    session: Session,
    office_id: int,
    action: str,
    actor: str,
    now: datetime,
    detail: Mapping[str, str | int | bool] | None = None,
) -> None:
    """Write a change down in the audit, and let caches know of it."""
    session.flush()
    bump_data_version(session)
    audit.record(
        session,
        now=now,
        actor=actor,
        action=action,
        subject=f"office:{office_id}",
        detail=detail,
    )
