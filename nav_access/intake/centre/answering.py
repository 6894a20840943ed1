"""Who answers now, everywhere: read once a minute, because lines come and go on whole minutes."""

from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from nav_access.offices.codes import DutyAudience
from nav_access.offices.queries import get_data_version
from nav_access.offices.roster.queries import ListedLine, list_lines

Moment = tuple[int, datetime]
"""The version of the offices' data, and the minute."""

_kept: WeakKeyDictionary[Engine, tuple[Moment, tuple[ListedLine, ...]]] = WeakKeyDictionary()


def list_all_lines(session: Session, at: datetime) -> tuple[ListedLine, ...]:
    """Return every line the contact centre may ring, those staffed now first."""
    engine = session.get_bind().engine
    moment = get_data_version(session), at.replace(second=0, microsecond=0)
    kept = _kept.get(engine)
    if kept is None or kept[0] != moment:
        found = list_lines(session, DutyAudience.CONTACT_CENTRE, moment[1])
        kept = _kept[engine] = moment, found
    return kept[1]
