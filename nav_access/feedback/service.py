"""Feedback: taken in once, answered or settled by one person."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.feedback import rules
from nav_access.feedback.codes import AnswerWay, FeedbackState
from nav_access.feedback.errors import AlreadySettled, NoWayToAnswer, TooMuchFeedback
from nav_access.feedback.models import Feedback
from nav_access.feedback.queries import find_arrival, get_row
from nav_access.feedback.sealing import Said, open_said, seal_answer, seal_said
from nav_access.messaging import service as outbox
from nav_access.messaging.codes import LOST, MessageKind

WAITS = Feedback.state == FeedbackState.WAITING
ANSWERED = Feedback.state == FeedbackState.ANSWERED

MOST_AN_HOUR = 5
MOST_FROM_SHARED_NETWORK = 50
"""The same for a network many people share: an office, a library, a shelter."""


def name_form(keyring: Keyring, key_id: str, once: bytes) -> str:
    """Return the name one form's sending is stored under; useless to who reads the database."""
    return hmac.digest(keyring.subkey("feedback-name", key_id), once, sha256).hex()


def receive(
    session: Session,
    said: Said,
    *,
    once: str,
    language: str,
    address: str,
    is_shared_network: bool,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Store what somebody wrote; the same form again is nothing new.

    Raises TooMuchFeedback when their network has sent its number, and then nothing is kept.
    """
    values = {
        "once": once,
        "language": language,
        "received_utc": now,
        "said_sealed": seal_said(keyring, once, said),
        "state": FeedbackState.WAITING,
    }
    if insert_unless_taken(session, Feedback, values) is None:
        return
    bucket = limits.private_bucket(keyring, "feedback", limits.fold_address(address))
    most = MOST_FROM_SHARED_NETWORK if is_shared_network else MOST_AN_HOUR
    if not limits.take_try(session, bucket, cap=most, window=timedelta(hours=1), now=now):
        raise TooMuchFeedback


def answer(
    session: Session,
    feedback_id: int,
    text: str,
    way: AnswerWay,
    *,
    staff_id: int,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Answer somebody by the way they named, in their language's frame.

    An answer that did not arrive can be given again, the same way or the other one. Raises
    NoWayToAnswer where they left no such address, AlreadySettled where somebody was quicker.
    """
    row = get_row(session, feedback_id)
    said = open_said(keyring, row.once, row.said_sealed)
    recipient = said.email if way is AnswerWay.EMAIL else said.phone
    if not recipient:
        raise NoWayToAnswer
    sealed = seal_answer(keyring, row.once, text)
    is_lost = find_arrival(session, row) in LOST
    is_open = Feedback.settled_utc == row.settled_utc if is_lost else WAITS
    _settle(session, feedback_id, is_open, staff_id, now, FeedbackState.ANSWERED, sealed)
    outbox.queue(
        session,
        MessageKind.FEEDBACK_ANSWER,
        case_id=None,
        once=rules.name_answer(feedback_id, now),
        due_utc=now,
        now=now,
        detail={"feedback": feedback_id, "way": way.value},
        recipient=recipient,
        language=row.language,
        keyring=keyring,
    )


def settle(
    session: Session, feedback_id: int, state: FeedbackState, *, staff_id: int, now: datetime
) -> None:
    """Say that it was answered by phone, or read without anything to answer."""
    get_row(session, feedback_id)
    # An answer that did not arrive is given by phone.
    is_open = WAITS if state is FeedbackState.NOTED else or_(WAITS, ANSWERED)
    _settle(session, feedback_id, is_open, staff_id, now, state)


def _settle(
    session: Session,
    feedback_id: int,
    is_open: ColumnElement[bool],
    staff_id: int,
    now: datetime,
    state: FeedbackState,
    answer_sealed: bytes | None = None,
) -> None:
    values = {} if answer_sealed is None else {"answer_sealed": answer_sealed}
    settled = session.execute(
        update(Feedback)
        .where(Feedback.id == feedback_id, is_open)
        .values(state=state, settled_utc=now, settled_by=staff_id, **values)
        .returning(Feedback.id)
        .execution_options(synchronize_session=False)
    )
    if settled.first() is None:
        raise AlreadySettled
    note(session, feedback_id, state.value, staff_id=staff_id, now=now)


def note(session: Session, feedback_id: int, what: str, *, staff_id: int, now: datetime) -> None:
    """Write down who did what with somebody's words."""
    audit.record(
        session,
        now=now,
        actor=f"staff:{staff_id}",
        action=f"feedback.{what}",
        subject=f"feedback:{feedback_id}",
        detail={},
    )
