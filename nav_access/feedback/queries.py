"""Reading feedback: what waits, what was settled lately, and one of them."""

from collections.abc import Sequence
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
from nav_access.messaging.queries import find_state, list_lost

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One of a list: nothing of what was written. `is_lost`: the answer did not arrive."""

    id: int
    language: str
    received_utc: datetime
    state: FeedbackState
    is_late: bool
    settled_utc: datetime | None
    is_lost: bool


@dataclass(frozen=True, slots=True)
class OpenedFeedback:
    """One, with its words. `arrival` is what became of the last answer, None when none was sent."""

    line: FeedbackLine
    said: Said
    answer: str | None
    settled_by: int | None
    arrival: MessageState | None


def list_waiting(session: Session, now: datetime) -> tuple[FeedbackLine, ...]:
    """Return what waits, the oldest first; at most MOST_SHOWN."""
    found = select(Feedback).where(Feedback.state == FeedbackState.WAITING)
    ordered = found.order_by(Feedback.received_utc, Feedback.id).limit(MOST_SHOWN)
    return _lines(session, session.scalars(ordered).all(), now)


def list_settled(session: Session, now: datetime) -> tuple[FeedbackLine, ...]:
    """Return what was settled lately, the newest first; at most MOST_SHOWN."""
    found = select(Feedback).where(Feedback.settled_utc.is_not(None))
    ordered = found.order_by(Feedback.settled_utc.desc(), Feedback.id.desc()).limit(MOST_SHOWN)
    return _lines(session, session.scalars(ordered).all(), now)


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
        line=_lines(session, [row], now)[0],
        said=open_said(keyring, row.once, row.said_sealed),
        answer=answer,
        settled_by=row.settled_by,
        arrival=find_arrival(session, row),
    )


def find_arrival(session: Session, row: Feedback) -> MessageState | None:
    """Return what became of the answer this row holds; None when nothing was sent."""
    name = _name_answer(row)
    return find_state(session, name) if name else None


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


def _name_answer(row: Feedback) -> str | None:
    if row.settled_utc is None or row.state is not FeedbackState.ANSWERED:
        return None
    return rules.name_answer(row.id, row.settled_utc)


def _lines(session: Session, rows: Sequence[Feedback], now: datetime) -> tuple[FeedbackLine, ...]:
    lost = list_lost(session, [name for row in rows if (name := _name_answer(row))])
    return tuple(_line(row, now, is_lost=_name_answer(row) in lost) for row in rows)


def _line(row: Feedback, now: datetime, *, is_lost: bool) -> FeedbackLine:
    is_waiting = row.state is FeedbackState.WAITING
    return FeedbackLine(
        id=row.id,
        language=row.language,
        received_utc=row.received_utc,
        state=row.state,
        is_late=is_waiting and rules.is_late(row.received_utc, now),
        settled_utc=row.settled_utc,
        is_lost=is_lost,
    )
