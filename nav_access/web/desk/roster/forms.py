"""What may be typed in a roster: a shift every week, a date, cover by another office."""

import re
from collections.abc import Iterator
from datetime import date

from nav_access.core.clock import to_oslo
from nav_access.core.i18n.wording import N_
from nav_access.offices.roster.codes import ShiftKind
from nav_access.offices.roster.models import MOST_ON_DUTY
from nav_access.offices.roster.rules import WHOLE_DAY, Shift
from nav_access.offices.roster.service import may_be_planned
from nav_access.offices.spans import Interval
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
from nav_access.web.desk.roster.words import DATE_KINDS
from nav_access.web.shared.fields import CodeField, CodesField, TextField, TickField
from nav_access.web.shared.installation import now
from nav_access.web.shared.signed_in.day_fields import DayField, MaybeDayField

MOST_ID = 999_999

CHOOSE_DAY = N_("Choose the day of the week.")
CHOOSE_ONE_DAY = N_("Choose one day: it is one shift that changes.")
CHOOSE_LINE = N_("Choose the line.")
NO_NUMBERS = N_("Write a team or a name, not a phone number. People ring the line.")
ODD_DATES = N_("The last day must not be before the first, and not more than two years ahead.")
WRITE_OFFICE = N_("Write the name of the other office.")

_LOOKS_LIKE_PHONE = re.compile(r"\d(?:[\s.-]*\d){4}")


class RosterForm(OfficeForm):
    """A change to a roster."""

    which = NumberField(least=1, most_number=MOST_ID)

    def ask_for_line(self, field: NumberField) -> None:
        """Ask which line it is about."""
        if field.number is None:
            field.errors = [CHOOSE_LINE]

    def ask_for_order(self, first: ClockField, last: ClockField, *, is_needed: bool) -> None:
        """Ask for both times, in order; for none of them when they may be left out."""
        if first.errors or last.errors:
            return
        if first.minute is None and last.minute is None:
            if is_needed:
                self.ask(first, WRITE_TIME)
        elif first.minute is None or last.minute is None:
            self.ask(first if first.minute is None else last, BOTH_TIMES)
        elif last.minute <= first.minute:
            self.ask(last, ENDS_FIRST)

    def ask_for_period(self, first: DayField, last: DayField) -> None:
        """Ask for days in order and not years away."""
        today = to_oslo(now()).date()
        is_read = not first.errors and not last.errors
        if is_read and not may_be_planned(first.read or today, last.read, today):
            self.ask(last if last.read else first, ODD_DATES)


class GoneForm(RosterForm):
    """A shift, a date or cover is taken away."""


class NoForm(RosterForm):
    """The asked office says no."""


class YesForm(RosterForm):
    """The asked office says yes, and which of its lines answers."""

    by_line = NumberField(least=1, most_number=MOST_ID)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the line."""
        super().validate(extra_validators)
        self.ask_for_line(self.by_line)
        return not self.has_errors


class ShiftForm(RosterForm):
    """Somebody answers a line every week on some weekdays; `which` when one is changed."""

    shift_line = NumberField(least=1, most_number=MOST_ID)
    weekdays = CodesField(Weekday, words={Weekday(str(d)): WEEKDAYS[d] for d in Weekday})
    shift_starts = ClockField()
    shift_ends = ClockField()
    shift_first = MaybeDayField(most=40)
    shift_last = MaybeDayField(most=40)
    on_holidays = TickField()
    on_duty = TextField(most=MOST_ON_DUTY)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for line, days and times, and for no phone numbers of persons."""
        super().validate(extra_validators)
        self.ask_for_line(self.shift_line)
        if not self.weekdays.data:
            self.ask(self.weekdays, CHOOSE_DAY)
        elif self.which.number and len(self.weekdays.data) > 1:
            self.ask(self.weekdays, CHOOSE_ONE_DAY)
        self.ask_for_order(self.shift_starts, self.shift_ends, is_needed=True)
        self.ask_for_period(self.shift_first, self.shift_last)
        if _LOOKS_LIKE_PHONE.search(self.on_duty.data):
            self.ask(self.on_duty, NO_NUMBERS)
        return not self.has_errors

    def to_shifts(self) -> Iterator[Shift]:
        """Yield a shift for each weekday; the form is valid."""
        for weekday in sorted(self.weekdays.data):
            yield Shift(
                ShiftKind.WEEKLY,
                self.shift_first.read or to_oslo(now()).date(),
                self.shift_last.read,
                int(weekday),
                Interval(self.shift_starts.minute or 0, self.shift_ends.minute or 0),
                self.on_holidays.data,
                self.on_duty.data or None,
            )


class DateForm(RosterForm):
    """On a date, or from one to another, nobody answers, or somebody answers besides."""

    date_line = NumberField(least=1, most_number=MOST_ID)
    kind = CodeField(ShiftKind, words=DATE_KINDS, safest=ShiftKind.ABSENT)
    date_first = DayField(most=40)
    date_last = MaybeDayField(most=40)
    date_starts = ClockField()
    date_ends = ClockField()

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for line, days and, where somebody answers, times."""
        super().validate(extra_validators)
        self.ask_for_line(self.date_line)
        self.ask_for_order(self.date_starts, self.date_ends, is_needed=self.is_extra)
        self.ask_for_period(self.date_first, self.date_last)
        return not self.has_errors

    @property
    def is_extra(self) -> bool:
        """Whether somebody answers besides."""
        return self.kind.data is ShiftKind.EXTRA

    def to_shift(self) -> Shift:
        """Return the row of the roster; the form is valid."""
        first, starts, ends = self.date_first.read, self.date_starts.minute, self.date_ends.minute
        if first is None:
            raise LookupError("the form is not valid")
        is_whole = starts is None or ends is None
        hours = WHOLE_DAY if is_whole else Interval(starts or 0, ends or 0)
        kind = ShiftKind.EXTRA if self.is_extra else ShiftKind.ABSENT
        return Shift(kind, first, self.date_last.read or first, None, hours)


class CoverForm(RosterForm):
    """Another office is asked to answer for a line in a period."""

    cover_line = NumberField(least=1, most_number=MOST_ID)
    by_office = TextField(most=120)
    cover_first = DayField(most=40)
    cover_last = MaybeDayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for line, office and days."""
        super().validate(extra_validators)
        self.ask_for_line(self.cover_line)
        if not self.by_office.data and not self.by_office.errors:
            self.ask(self.by_office, WRITE_OFFICE)
        self.ask_for_period(self.cover_first, self.cover_last)
        return not self.has_errors

    def to_period(self) -> tuple[date, date]:
        """Return the first and the last day; the form is valid."""
        first = self.cover_first.read
        if first is None:
            raise LookupError("the form is not valid")
        return first, self.cover_last.read or first
