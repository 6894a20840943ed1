"""What a door's template asks for: codes and moments in the reader's words."""

from datetime import date, datetime

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.locales import Locale
from nav_access.web.shared.dates import say_interval, say_time
from nav_access.web.shared.signed_in import moments
from nav_access.web.shared.signed_in.languages import say_language
from nav_access.web.shared.signed_in.said import code_words, say_needs


class DayWords:
    """Words in one language, as of one day."""

    def __init__(self, locale: Locale, today: date) -> None:
        self.locale, self.today = locale, today
        self.codes = code_words(locale)

    def at(self, instant: datetime) -> str:
        """Say when something happened."""
        return moments.say_at(instant, self.locale, self.today)

    def promise(self, deadline: datetime, *, is_overdue: bool) -> str:
        """Say by when the person was promised an answer, and whether that has passed."""
        return moments.say_promise(deadline, self.locale, self.today, is_overdue=is_overdue)

    def time(self, instant: datetime) -> str:
        """Say a time of day."""
        return say_time(instant)

    def interval(self, starts: datetime, ends: datetime) -> str:
        """Say from what time of day to what other."""
        return say_interval(starts, ends, self.locale)

    def wait(self, minutes: int) -> str:
        """Say how long somebody has waited."""
        return moments.say_wait(minutes, self.locale)

    def spent(self, minutes: int) -> str:
        """Say how long was worked."""
        return moments.say_spent(minutes, self.locale)

    def language(self, code: str) -> str:
        """Say the name of a language to speak or read."""
        return say_language(code, self.locale)

    def needs_line(self, needs: tuple[str, ...]) -> str:
        """Say several needs on one line."""
        return say_needs(needs, self.locale)


class Sayings(DayWords):
    """Words in one language, as of one instant."""

    def __init__(self, locale: Locale, now: datetime) -> None:
        super().__init__(locale, to_oslo(now).date())
        self.now = now

    def deadline(self, instant: datetime) -> str:
        """Say by when the person was promised an answer."""
        return self.promise(instant, is_overdue=instant <= self.now)
