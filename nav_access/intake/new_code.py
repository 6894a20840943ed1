"""A new case code for a person who has none: by the case's office, once it is sure of them."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from nav_access.core.references import CaseCode, make_verifier, new_key
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.events import NewEvent, append
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.models import Case
from nav_access.intake.submissions import name_submission


def give_code(
    session: Session, turn: Turn, how_sure: str, *, keyring: Keyring, now: datetime
) -> CaseCode:
    """Give a case a new key and return the code, once; the key before it opens nothing now.

    `how_sure`: how somebody made sure that it is the right person; it stands sealed with the
    event. Raises what `Turn` says: the same form again is AlreadyDone, and no code comes of it.
    """
    case = take_turn(session, turn, EventKind.CODE_GIVEN, keyring)
    key = new_key()
    verifier = make_verifier(keyring, case.number, key)
    session.execute(update(Case).where(Case.id == case.id).values(verifier=verifier))
    name = name_submission(keyring, turn.submission)
    event = NewEvent(EventKind.CODE_GIVEN, turn.actor, {}, how_sure, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    return CaseCode(case.number, key)
