"""The steps every act on sides, offers and the plan is made of: take the turn, write it down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind
from nav_access.intake.events import NewEvent, append
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.models import Case
from nav_access.intake.sides.errors import NotTheirSide
from nav_access.intake.sides.kept import side_at
from nav_access.intake.submissions import name_submission
from nav_access.staff.codes import Side


def take_own(session: Session, turn: Turn, act: EventKind, keyring: Keyring) -> tuple[Case, Side]:
    """Return the case, held, and the side of its office the actor works on.

    Raises what `Turn` says, and NotTheirSide for somebody with a task in another office's case.
    """
    case = take_turn(session, turn, act, keyring)
    mine = side_at(turn.who, case.office_id)
    if mine is None:
        raise NotTheirSide
    return case, mine


def write(
    session: Session,
    case: Case,
    turn: Turn,
    kind: EventKind,
    detail: Mapping[str, Any],
    words: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Add the event, under the name of the form, so that the same form is one act."""
    name = name_submission(keyring, turn.submission)
    event = NewEvent(kind, turn.actor, detail, words, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
