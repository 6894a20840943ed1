"""What a person hears and reads of an agency that acts for them, in their own language."""

from datetime import datetime, timedelta

from markupsafe import Markup

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.codes import Scope
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.templating import say

TOLD = (
    N_("I work for %(agency)s. I can ask NAV for help for you."),
    N_("NAV gets what you tell me. I do not see what others write in your case."),
    N_("You get a code of your own. With it you can see your case and end my access."),
    N_("You can also ask NAV yourself. Your rights are the same."),
)
"""Read aloud before somebody says yes."""

SCOPES = {
    Scope.SEND: N_("%(agency)s sends your request, and more if you want."),
    Scope.FOLLOW: N_("%(agency)s can see how far your case has come."),
    Scope.MESSAGES: N_("%(agency)s is told by e-mail when there is news."),
    Scope.CALLED: N_("NAV rings %(agency)s instead of you."),
}

HELPS = N_("%(agency)s helps you with this case until %(day)s.")


def say_told(agency: str, locale: Locale) -> tuple[Markup, ...]:
    """Return what is read aloud to a person, sentence by sentence."""
    return tuple(say(locale, sentence, agency=_name(agency)) for sentence in TOLD)


def say_scopes(scope: frozenset[Scope], agency: str, locale: Locale) -> tuple[Markup, ...]:
    """Return what an agency may do, sentence by sentence."""
    said = (sentence for code, sentence in SCOPES.items() if code in scope)
    return tuple(say(locale, sentence, agency=_name(agency)) for sentence in said)


def say_helps(agency: str, until: datetime, locale: Locale, now: datetime) -> Markup:
    """Say who helps, and through which day."""
    return say(locale, HELPS, agency=_name(agency), day=say_last_day(until, locale, now))


def say_last_day(until: datetime, locale: Locale, now: datetime) -> str:
    """Say the last day of what ends at this instant, the first of the next day."""
    last = to_oslo(until - timedelta(microseconds=1)).date()
    return say_date(last, locale, to_oslo(now).date())


def _name(agency: str) -> Markup:
    """Keep a Norwegian name whole among words that run the other way."""
    return Markup("<bdi>{}</bdi>").format(agency)
