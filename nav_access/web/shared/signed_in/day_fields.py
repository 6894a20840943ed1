"""Fields for a day and a time of day, as people type them."""

from collections.abc import Sequence
from datetime import date, time

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.web.shared.fields import TextField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.typed_times import parse_day, parse_time


class DayField(TextField):
    """A day; `read` once it was understood."""

    read: date | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.read = parse_day(self.data, to_oslo(now()).date())
        if self.read is None:
            raise ValueError(N_("Write the day like this: 24.11, or “tomorrow”."))


class MaybeDayField(DayField):
    """A day, or nothing: `read` is None when nothing is written."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if any(typed.strip() for typed in valuelist):
            super().process_formdata(valuelist)
        else:
            self.data, self.read = "", None


class TimeField(TextField):
    """A time of day; `read` once it was understood."""

    read: time | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.read = parse_time(self.data)
        if self.read is None:
            raise ValueError(N_("Write the time like this: 14:30."))
