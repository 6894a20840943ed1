"""How a case stands, in plain words for somebody who acts for the person."""

from datetime import datetime

from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.acting.queries import Followed
from nav_access.intake.codes import CaseStatus
from nav_access.web.shared.dates import MomentWords, say_moment, say_time
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

WAITS = MomentWords(
    today=N_("The office answers before %(time)s today."),
    tomorrow=N_("The office answers before %(time)s tomorrow, %(day)s."),
    later=N_("The office answers before %(time)s on %(day)s."),
)

LATE = MomentWords(
    today=N_("The office should have answered before %(time)s today. Ring it now."),
    tomorrow=N_("The office answers before %(time)s tomorrow, %(day)s."),
    later=N_("The office should have answered before %(time)s on %(day)s. Ring it now."),
)

SPOKE = MomentWords(
    today=N_("The office spoke with the person at %(time)s today."),
    tomorrow=N_("The office spoke with the person at %(time)s on %(day)s."),
    later=N_("The office spoke with the person at %(time)s on %(day)s."),
)

RINGS = MomentWords(
    today=N_("The office rings between %(time)s and %(end)s today."),
    tomorrow=N_("The office rings between %(time)s and %(end)s tomorrow, %(day)s."),
    later=N_("The office rings between %(time)s and %(end)s on %(day)s."),
)

MEETS = MomentWords(
    today=N_("There is a meeting at %(time)s today."),
    tomorrow=N_("There is a meeting at %(time)s tomorrow, %(day)s."),
    later=N_("There is a meeting at %(time)s on %(day)s."),
)

CLOSED = N_("The office has closed the case.")


def say_standing(followed: Followed) -> str:
    """Say in a sentence where the case stands."""
    if followed.status is CaseStatus.CLOSED:
        return words_in(current_locale()).text(CLOSED)
    if followed.status is CaseStatus.ANSWERED and followed.answered_utc is not None:
        return _say(followed.answered_utc, SPOKE)
    return _say(followed.deadline_utc, LATE if followed.deadline_utc <= now() else WAITS)


def say_steps(followed: Followed) -> tuple[str, ...]:
    """Say what comes next: meetings and calls that are still to come."""
    steps = [_say(followed.meeting.starts_utc, MEETS)] if followed.meeting else []
    if followed.call:
        steps.append(_say(followed.call.starts_utc, RINGS, followed.call.ends_utc))
    elif followed.next_call and followed.next_call.until_utc > now():
        steps.append(_say(followed.next_call.from_utc, RINGS, followed.next_call.until_utc))
    return tuple(steps)


def _say(instant: datetime, words: MomentWords, end: datetime | None = None) -> str:
    more = {"end": say_time(end)} if end else {}
    return say_moment(instant, current_locale(), now(), words, **more)
