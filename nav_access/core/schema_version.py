"""Whether the database's schema is the one this code needs, without loading the migrations."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"

_REVISION = re.compile(r"^(revision|down_revision)\b[^=]*= *[\"']([^\"']+)[\"']", re.MULTILINE)


@cache
def newest_revision() -> str | None:
    """Return the revision no other follows, read from the migration files."""
    found = [
        match for path in VERSIONS.glob("*.py") for match in _REVISION.findall(path.read_text())
    ]
    revisions = {name for kind, name in found if kind == "revision"}
    followed = {name for kind, name in found if kind == "down_revision"}
    return next(iter(sorted(revisions - followed)), None)


def is_current(session: Session) -> bool:
    """Say whether the database stands at the newest revision."""
    try:
        stands_at = session.scalar(text("SELECT version_num FROM alembic_version"))
    except (OperationalError, ProgrammingError):
        return False
    return bool(stands_at == newest_revision())
