"""Reading feedback: what waits, what was settled lately, and one of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.feedback import rules
from nav_access.feedback.codes import FeedbackState
from nav_access.feedback.errors import FeedbackNotFound
from nav_access.feedback.models import Feedback
from nav_access.feedback.sealing import Said, open_answer, open_said
from nav_access.messaging.codes import MessageState
from nav_access.messaging.queries import find_state

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One of a list: nothing of what was written."""

    id: int
    language: str
    received_utc: datetime
    state: FeedbackState
    is_late: bool
    settled_utc: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedFeedback:
    """One, with its words. `arrival` is what became of an answer, None when none was sent."""

    line: FeedbackLine
    said: Said
    answer: str | None
    settled_by: int | None
    arrival: MessageState | None


def list_waiting(session: Session, now: datetime) -> tuple[FeedbackLine, ...]:
    """Return what waits, the oldest first; at most MOST_SHOWN."""
    found = select(Feedback).where(Feedback.state == FeedbackState.WAITING)
    ordered = found.order_by(Feedback.received_utc, Feedback.id).limit(MOST_SHOWN)
    return tuple(_line(row, now) for row in session.scalars(ordered))


def list_settled(session: Session, now: datetime) -> tuple[FeedbackLine, ...]:
    """Return what was settled lately, the newest first; at most MOST_SHOWN."""
    found = select(Feedback).where(Feedback.settled_utc.is_not(None))
    ordered = found.order_by(Feedback.settled_utc.desc(), Feedback.id.desc()).limit(MOST_SHOWN)
    return tuple(_line(row, now) for row in session.scalars(ordered))


def count_waiting(session: Session, now: datetime) -> tuple[int, int]:
    """Return how many wait, and how many of them have waited too long."""
    waits = Feedback.state == FeedbackState.WAITING
    late = func.count().filter(Feedback.received_utc <= now - rules.LATE_AFTER)
    waiting, late_ones = session.execute(select(func.count(), late).where(waits)).one()
    return waiting, late_ones


def get_feedback(
    session: Session, feedback_id: int, *, keyring: Keyring, now: datetime
) -> OpenedFeedback:
    """Return one with its words; raise FeedbackNotFound."""
    row = get_row(session, feedback_id)
    answer = open_answer(keyring, row.once, row.answer_sealed) if row.answer_sealed else None
    return OpenedFeedback(
        line=_line(row, now),
        said=open_said(keyring, row.once, row.said_sealed),
        answer=answer,
        settled_by=row.settled_by,
        arrival=find_state(session, rules.name_answer(feedback_id)),
    )


def find_answer(session: Session, feedback_id: int, keyring: Keyring) -> str | None:
    """Return the answer that is to leave; None when it is not there any more."""
    row = session.get(Feedback, feedback_id)
    if row is None or row.answer_sealed is None:
        return None
    return open_answer(keyring, row.once, row.answer_sealed)


def get_row(session: Session, feedback_id: int) -> Feedback:
    """Return one as it is stored; raise FeedbackNotFound."""
    row = session.get(Feedback, feedback_id)
    if row is None:
        raise FeedbackNotFound
    return row


def _line(row: Feedback, now: datetime) -> FeedbackLine:
    is_waiting = row.state is FeedbackState.WAITING
    return FeedbackLine(
        id=row.id,
        language=row.language,
        received_utc=row.received_utc,
        state=row.state,
        is_late=is_waiting and rules.is_late(row.received_utc, now),
        settled_utc=row.settled_utc,
    )
