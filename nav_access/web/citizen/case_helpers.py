"""Who helps a person with their case, on the person's own page: what they may see, until when."""

from dataclasses import dataclass

from markupsafe import Markup

from nav_access.core.db import Session
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.queries import Helper, list_helpers
from nav_access.web.shared.helping_words import say_helps, say_scopes
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import say

GONE = N_("They can no longer see your case.")


@dataclass(frozen=True, slots=True)
class HelperWords:
    """One agency: that it helps, and each thing it may do. `consent_id` is what ends it."""

    consent_id: int
    helps: Markup
    may: tuple[Markup, ...]


def say_helpers(session: Session, number: str, locale: Locale) -> tuple[HelperWords, ...]:
    """Return who helps in a case now."""
    return tuple(_say(helper, locale) for helper in list_helpers(session, number, now()))


def _say(helper: Helper, locale: Locale) -> HelperWords:
    """Say what is so at this instant: who may see nothing helps nobody now."""
    if not helper.scope:
        agency = Markup("<bdi>{}</bdi>").format(helper.agency)
        return HelperWords(helper.consent_id, agency, (say(locale, GONE),))
    helps = say_helps(helper.agency, helper.until_utc, locale, now())
    may = say_scopes(helper.scope - {Scope.SEND}, helper.agency, locale)
    return HelperWords(helper.consent_id, helps, may)
