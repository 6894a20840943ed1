"""The promise in words: what happens, by when, and whom to ring if it does not."""

from dataclasses import dataclass
from datetime import datetime

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import Reach
from nav_access.offices.cards import get_card
from nav_access.offices.queries import AfterHoursNumber
from nav_access.web.shared.dates import MomentWords, say_moment

CONTACT = MomentWords(
    today=N_("Somebody will contact you before %(time)s today."),
    tomorrow=N_("Somebody will contact you before %(time)s tomorrow, %(day)s."),
    later=N_("Somebody will contact you before %(time)s on %(day)s."),
)

LOOK = MomentWords(
    today=N_("The office will look at your request before %(time)s today."),
    tomorrow=N_("The office will look at your request before %(time)s tomorrow, %(day)s."),
    later=N_("The office will look at your request before %(time)s on %(day)s."),
)

MISSED = MomentWords(
    today=N_("We should have contacted you before %(time)s today. We are sorry."),
    tomorrow=N_("Somebody will contact you before %(time)s tomorrow, %(day)s."),
    later=N_("We should have contacted you before %(time)s on %(day)s. We are sorry."),
)

WE_CONTACT = frozenset({Reach.CALL, Reach.SMS, Reach.EMAIL})


@dataclass(frozen=True, slots=True)
class OfficeToRing:
    """The office that has the case, as the person needs it: its name and a number."""

    name: str
    phone: str
    is_answered_now: bool
    after_hours: tuple[AfterHoursNumber, ...]

    def needs_night_numbers(self, deadline: datetime, now: datetime) -> bool:
        """Say whether somebody may need help before this office acts."""
        is_later = to_oslo(deadline).date() > to_oslo(now).date()
        return is_later or not self.is_answered_now


def say_promise(deadline: datetime, reach: Reach, locale: Locale, now: datetime) -> str:
    """Say by when somebody acts; a promise that was broken is called that."""
    if deadline <= now:
        return say_moment(deadline, locale, now, MISSED)
    return say_moment(deadline, locale, now, CONTACT if reach in WE_CONTACT else LOOK)


def look_up_office(session: Session, office_id: int, now: datetime) -> OfficeToRing:
    """Return whom to ring about a case at this office: its public line, else the service."""
    card = get_card(session, office_id)
    return OfficeToRing(
        name=card.name,
        phone=card.find_phone(now) or load_facts().service_phone.number,
        is_answered_now=card.is_answered(now),
        after_hours=card.after_hours,
    )
