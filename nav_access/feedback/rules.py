"""Pure decisions about feedback: by when it is answered, and from when its waiting is too long."""

from datetime import date, datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.retention import FEEDBACK

ANSWER_WITHIN = timedelta(days=14)
"""What people are promised."""

LATE_AFTER = timedelta(days=7)
"""From when those who answer are told, and told again: half of the time is gone."""

KEPT_AFTER_ANSWER, KEPT_AT_MOST = (end.keep_for for end in FEEDBACK.ends)


def name_answer(feedback_id: int, answered: datetime) -> str:
    """Return the name in the outbox of the answer given at this moment; a lost one is followed."""
    return f"feedback-answer-{feedback_id}-{answered:%Y%m%dT%H%M%S.%f}"


def promise_answer(received: datetime) -> date:
    """Return the last day, in Norway, on which an answer keeps the promise."""
    return to_oslo(received + ANSWER_WITHIN).date()


def is_late(received: datetime, now: datetime) -> bool:
    """Say whether something has waited too long."""
    return now - received >= LATE_AFTER
