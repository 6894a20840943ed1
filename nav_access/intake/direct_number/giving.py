"""A case gets its direct number: once at an office, when somebody there has begun on it.

«Begun» is the first claim or the first logged attempt to reach the person, whichever comes first:
from then on there is somebody to ring. What was given stays when the policy changes; a case that
moves to another office gets that office's number when somebody there begins.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.direct_number.models import DirectNumber
from nav_access.intake.direct_number.policy import get_policy
from nav_access.intake.direct_number.rules import choose_line
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case


def give_direct_number(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> None:
    """Give a case its office's number if it has none yet, by the office's policy."""
    policy = get_policy(session, case.office_id)
    line_id = choose_line(policy.split, policy.lines, case.needs)
    if line_id is None or not store_number(session, case, line_id, now=now):
        return
    event = NewEvent(EventKind.DIRECT_NUMBER_GIVEN, SYSTEM, {"line_id": line_id})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def store_number(session: Session, case: Case, line_id: int, *, now: datetime) -> bool:
    """Note which line a case has at its office; False when it has one there already."""
    values = {
        "case_id": case.id,
        "office_id": case.office_id,
        "line_id": line_id,
        "given_utc": now,
    }
    return insert_unless_taken(session, DirectNumber, values) is not None


def replace_number(session: Session, case: Case, line_id: int) -> None:
    """Let a case have another line of its office."""
    mine = DirectNumber.case_id == case.id, DirectNumber.office_id == case.office_id
    session.execute(update(DirectNumber).where(*mine).values(line_id=line_id))


def find_line_id(session: Session, case_id: int, office_id: int) -> int | None:
    """Return the line a case has at an office."""
    mine = DirectNumber.case_id == case_id, DirectNumber.office_id == office_id
    return session.scalar(select(DirectNumber.line_id).where(*mine))
