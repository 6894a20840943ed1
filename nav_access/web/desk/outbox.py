"""The outbox as the desk sees it: how many messages wait, since when, which are stuck."""

from flask import Response

from nav_access.core.i18n.wording import N_
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.counts import count_letters, count_waiting
from nav_access.messaging.queries import get_age, list_stuck
from nav_access.web.desk.pages import show_desk
from nav_access.web.shared.installation import now, read_session

KINDS: dict[MessageKind, str] = {
    MessageKind.RECEIVED: N_("Receipt"),
    MessageKind.MISSED_CALL: N_("We rang, and will ring again"),
    MessageKind.FALLBACK: N_("We did not reach the person"),
    MessageKind.BOOKED: N_("A time was booked"),
    MessageKind.MOVED: N_("A time was moved"),
    MessageKind.CANCELLED: N_("A time was cancelled"),
    MessageKind.REMINDER_DAY_BEFORE: N_("Reminder the day before"),
    MessageKind.REMINDER_SAME_DAY: N_("Reminder the same day"),
    MessageKind.DIALOGUE: N_("An answer to a text message"),
    MessageKind.FEEDBACK_ANSWER: N_("An answer about the pages"),
    MessageKind.FEEDBACK_LATE: N_("Somebody waits for an answer about the pages"),
}


def outbox() -> Response:
    """Show what waits; reminders wait for their day, and that is no fault."""
    with read_session() as session:
        waiting, letters = count_waiting(session), count_letters(session)
        age, stuck = get_age(session, now()), list_stuck(session, now())
    return show_desk(
        "outbox.html",
        waiting=waiting,
        letters=letters,
        late_minutes=int(age.total_seconds()) // 60,
        stuck=stuck,
        kinds=KINDS,
    )
