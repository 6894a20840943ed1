"""Where a case stands, as its holder reads it: what was promised, or what has come instead."""

from datetime import datetime

from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake.booking.own_times import OwnTimes
from nav_access.intake.codes import CaseStatus
from nav_access.intake.queries import PersonCase
from nav_access.web.shared.booking_words import say_within
from nav_access.web.shared.dates import MomentWords, say_moment
from nav_access.web.shared.promises import say_promise

ANSWERED = MomentWords(
    today=N_("We spoke with you at %(time)s today."),
    tomorrow=N_("We spoke with you at %(time)s on %(day)s."),
    later=N_("We spoke with you at %(time)s on %(day)s."),
)


def say_standing(found: PersonCase, locale: Locale, now: datetime) -> str:
    """Say in a sentence where the case stands."""
    if found.status is CaseStatus.ANSWERED and found.answered_utc is not None:
        return say_moment(found.answered_utc, locale, now, ANSWERED)
    return say_promise(found.deadline_utc, found.reach, locale, now)


def say_next_call(found: PersonCase, locale: Locale, now: datetime) -> str | None:
    """Say when somebody rings next, where a rule has planned it."""
    call = found.next_call
    if call is None or call.is_booked or call.until_utc <= now or found.is_helper_gone:
        return None
    return say_within(call.from_utc, call.until_utc, locale, now)


def is_standing_said(found: PersonCase, own: OwnTimes, now: datetime) -> bool:
    """Say whether the page tells where the case stands, besides the times that are booked.

    Of somebody who waits a booked time tells it, unless they were promised to be contacted before.
    """
    if found.status is not CaseStatus.WAITING:
        return True
    if not own.open:
        return not is_tried_later(found, now)
    is_before = found.deadline_utc < own.open[0].starts_utc
    return is_before and not (found.attempts and is_tried_later(found, now))


def is_tried_later(found: PersonCase, now: datetime) -> bool:
    """Say whether the next try comes after the promised time, which must then not be repeated."""
    call = found.next_call
    return call is not None and now < found.deadline_utc < call.from_utc
