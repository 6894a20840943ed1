"""The desk notes a day of birth to choose the line by it; the day itself is not kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.errors import NoSuchDay
from nav_access.intake.direct_number.giving import replace_number, store_number
from nav_access.intake.direct_number.policy import get_policy
from nav_access.intake.direct_number.rules import FIRST_DAY, LAST_DAY, choose_line
from nav_access.intake.events import NewEvent, append
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.submissions import name_submission


def choose_by_birth_day(
    session: Session, turn: Turn, birth_day: int, *, keyring: Keyring, now: datetime
) -> None:
    """Give a case the line for a day of birth (1 to 31) by its office's policy.

    Raises NoSuchDay when the office does not divide by day of birth, and what Turn says.
    """
    case = take_turn(session, turn, EventKind.DIRECT_NUMBER_GIVEN, keyring)
    policy = get_policy(session, case.office_id)
    line_id = choose_line(policy.split, policy.lines, case.needs, birth_day)
    is_day = FIRST_DAY <= birth_day <= LAST_DAY
    if policy.split is not Split.BIRTH_DAY or line_id is None or not is_day:
        raise NoSuchDay
    if not store_number(session, case, line_id, now=now):
        replace_number(session, case, line_id)
    name = name_submission(keyring, turn.submission)
    detail = {"line_id": line_id}
    event = NewEvent(EventKind.DIRECT_NUMBER_GIVEN, turn.actor, detail, None, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
