"""What happens to feedback because time passes: those who answer are told, the old is deleted."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from nav_access.core.i18n.locales import DEFAULT
from nav_access.core.security.keyring import Keyring
from nav_access.feedback import rules
from nav_access.feedback.codes import AnswerWay, FeedbackState
from nav_access.feedback.models import Feedback
from nav_access.messaging import service as outbox
from nav_access.messaging.codes import MessageKind


def is_work_due(session: Session, now: datetime) -> bool:
    """Say whether there is anything to do: a look costs no writer its turn."""
    due = or_(_is_late(now), _is_over(now))
    return session.scalar(select(Feedback.id).where(due).limit(1)) is not None


def tell_late(
    session: Session, addresses: Iterable[str], *, keyring: Keyring, now: datetime
) -> int:
    """Tell those who answer, by e-mail, what has waited too long; once a week while it waits.

    Returns how many; of many processes one tells each.
    """
    claimed = session.execute(
        update(Feedback)
        .where(_is_late(now))
        .values(told_utc=now)
        .returning(Feedback.id)
        .execution_options(synchronize_session=False)
    )
    count = len(claimed.all())
    for n, address in enumerate(sorted(set(addresses)) if count else ()):
        outbox.queue(
            session,
            MessageKind.FEEDBACK_LATE,
            case_id=None,
            once=f"feedback-late-{now:%Y%m%dT%H%M%S}-{n}",
            due_utc=now,
            now=now,
            detail={"count": count, "way": AnswerWay.EMAIL.value},
            recipient=address,
            language=DEFAULT.tag,
            keyring=keyring,
        )
    return count


def forget_old(session: Session, *, now: datetime) -> int:
    """Delete what was settled long ago, and what nobody could settle for a year."""
    gone = session.execute(
        delete(Feedback)
        .where(_is_over(now))
        .returning(Feedback.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _is_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition that something waits too long and nobody was told of it this week."""
    before = now - rules.LATE_AFTER
    return and_(
        Feedback.state == FeedbackState.WAITING,
        Feedback.received_utc <= before,
        or_(Feedback.told_utc.is_(None), Feedback.told_utc <= before),
    )


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(
        Feedback.settled_utc <= now - rules.KEPT_AFTER_ANSWER,
        and_(Feedback.settled_utc.is_(None), Feedback.received_utc <= now - rules.KEPT_AT_MOST),
    )
