"""What may be typed of a reception's day: up to three stretches, each with what people may do."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.offices.codes import OpeningKind
from nav_access.offices.records import Day, IntervalRecord
from nav_access.web.desk.capacity_forms import (
    BOTH_TIMES,
    ENDS_FIRST,
    WEEKDAYS,
    WRITE_TIME,
    ClockField,
    NumberField,
    Weekday,
)
from nav_access.web.desk.office.subjects import OfficeForm
from nav_access.web.shared.fields import CodeField, CodesField, TextField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.day_fields import DayField

STRETCHES = (1, 2, 3)
MOST_DAYS = 31
MOST_COMMENT = 300

KINDS: dict[OpeningKind | None, str] = {
    None: N_("No more times"),
    OpeningKind.WALK_IN: N_("People may walk in"),
    OpeningKind.APPOINTMENT_ONLY: N_("Only with an appointment"),
    OpeningKind.CLOSED: N_("Closed the whole day"),
}

CHOOSE_KIND = N_("Choose what people can do then.")
CLOSED_ALONE = N_("A day that is closed has no times. Take the times away, or choose otherwise.")
CHOOSE_DAYS = N_("Choose at least one day of the week.")
WRITE_SOMETHING = N_("Write what is different that day.")
NOT_BEFORE_TODAY = N_("Write a day that is not over.")
LAST_DAY = N_("Write a last day after the first, no more than a month later.")


class OptionalDayField(DayField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not "".join(valuelist[:1]).strip():
            self.data, self.read = "", None
            return
        super().process_formdata(valuelist)


class LinesForm(OfficeForm):
    """The stretches of a day at one reception; `reception` 0 stands for all of them."""

    reception = NumberField(least=0, most_number=999_999)
    kind1 = CodeField(OpeningKind, words=KINDS)
    opens1 = ClockField()
    closes1 = ClockField()
    comment1 = TextField(most=MOST_COMMENT)
    kind2 = CodeField(OpeningKind, words=KINDS)
    opens2 = ClockField()
    closes2 = ClockField()
    comment2 = TextField(most=MOST_COMMENT)
    kind3 = CodeField(OpeningKind, words=KINDS)
    opens3 = ClockField()
    closes3 = ClockField()
    comment3 = TextField(most=MOST_COMMENT)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for times in order, and that a day is not closed and open at once."""
        super().validate(extra_validators)
        for n in STRETCHES:
            self._check(n)
        kinds = [self[f"kind{n}"].data for n in STRETCHES if self[f"kind{n}"].data]
        if OpeningKind.CLOSED in kinds and len(kinds) > 1 and not self.has_errors:
            self.ask(self.kind1, CLOSED_ALONE)
        return not self.has_errors

    def _check(self, n: int) -> None:
        kind, opens, closes = (self[f"{name}{n}"] for name in ("kind", "opens", "closes"))
        if opens.errors or closes.errors:
            return
        is_timed = bool(opens.data or closes.data)
        if kind.data is None:
            if is_timed or self[f"comment{n}"].data:
                self.ask(kind, CHOOSE_KIND)
        elif kind.data is OpeningKind.CLOSED:
            if is_timed:
                self.ask(kind, CLOSED_ALONE)
        elif kind.data is OpeningKind.WALK_IN and not opens.data:
            self.ask(opens, WRITE_TIME)
        elif bool(opens.data) != bool(closes.data):
            self.ask(
                closes, BOTH_TIMES if kind.data is OpeningKind.APPOINTMENT_ONLY else WRITE_TIME
            )
        elif is_timed and (closes.minute or 0) <= (opens.minute or 0):
            self.ask(closes, ENDS_FIRST)

    def is_written(self, n: int) -> bool:
        """Say whether something stands in a stretch, or is asked for there."""
        fields = [self[f"{name}{n}"] for name in ("kind", "opens", "closes", "comment")]
        return any(field.data or field.errors for field in fields)

    def to_lines(self) -> list[IntervalRecord]:
        """Return the day's lines, without a day; the form is valid."""
        return [
            IntervalRecord(
                None,
                None,
                kind,
                self[f"opens{n}"].minute,
                self[f"closes{n}"].minute,
                self[f"comment{n}"].data or None,
            )
            for n in STRETCHES
            if (kind := self[f"kind{n}"].data) is not None
        ]


class WeekForm(LinesForm):
    """The same lines for some weekdays; no line is closed."""

    weekdays = CodesField(Weekday, words={day: word for day, word in WEEKDAYS.items() if day})

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for which days."""
        super().validate(extra_validators)
        if not self.weekdays.data:
            self.ask(self.weekdays, CHOOSE_DAYS)
        return not self.has_errors

    def to_days(self) -> list[Day]:
        """Return the weekdays; the form is valid."""
        return sorted(int(day) for day in self.weekdays.data)


class DateForm(LinesForm):
    """The same lines for a date, or for all dates to another."""

    first_day = DayField(most=40)
    last_day = OptionalDayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for coming days in order, and for what is different."""
        super().validate(extra_validators)
        first, last = self.first_day.read, self.last_day.read
        if first and first < to_oslo(now()).date():
            self.ask(self.first_day, NOT_BEFORE_TODAY)
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.ask(self.last_day, LAST_DAY)
        if not self.has_errors and not self.to_lines():
            self.ask(self.kind1, WRITE_SOMETHING)
        return not self.has_errors

    def to_days(self) -> list[Day]:
        """Return the dates; the form is valid."""
        return list(self._dates())

    def _dates(self) -> Iterator[date]:
        first = self.first_day.read
        if first is None:
            raise LookupError("the form is not valid")
        for n in range(((self.last_day.read or first) - first).days + 1):
            yield first + timedelta(days=n)


class DayKeyField(TextField):
    """A weekday (`0` to `6`) or a date (`2026-12-24`) as our own pages write it."""

    day: Day | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.day = read_day(self.data)
        if self.day is None:
            raise ValueError(CHOOSE_DAYS)


def read_day(text: str) -> Day | None:
    """Return the day that a key names, or None."""
    if text in {weekday.value for weekday in Weekday}:
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class DayForm(OfficeForm):
    """One day of one reception, and nothing to type."""

    reception = NumberField(least=1, most_number=999_999)
    day = DayKeyField(most=10)

    def to_day(self) -> Day:
        """Return the day; the form is valid."""
        if self.day.day is None:
            raise LookupError("the form is not valid")
        return self.day.day
