"""Conversations by SMS nobody went on with: what tells of a need becomes a request as it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.texting.filing import file_request
from nav_access.intake.texting.models import TextDialogue
from nav_access.intake.texting.store import end_dialogue, read_talk

MOST_AT_ONCE = 200


def list_abandoned(session: Session, now: datetime) -> Sequence[int]:
    """Return the ids of conversations whose time is over, the oldest first."""
    due = select(TextDialogue.id).where(TextDialogue.due_utc <= now)
    oldest = due.order_by(TextDialogue.due_utc, TextDialogue.id).limit(MOST_AT_ONCE)
    return session.scalars(oldest).all()


def finish_abandoned(session: Session, dialogue_id: int, *, keyring: Keyring, now: datetime) -> int:
    """Make a request of a conversation nobody went on with; a bare greeting is forgotten.

    Returns 1; 0 when somebody went on with it meanwhile, or another process was quicker.
    """
    row = session.scalar(
        select(TextDialogue)
        .where(TextDialogue.id == dialogue_id, TextDialogue.due_utc <= now)
        .with_for_update()
    )
    if row is None:
        return 0
    talk = read_talk(row, keyring=keyring)
    if talk.is_told:
        file_request(session, row, talk, keyring=keyring, now=now)
    else:
        end_dialogue(session, row)
    return 1
