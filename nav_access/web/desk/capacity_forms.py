"""What a manager may type about capacity: terms, a weekly rule, a closure or an extra."""

from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from typing import Any

from nav_access.appointments.codes import Purpose
from nav_access.appointments.rules import WHOLE_DAY, DatedChange, Seats, Terms, WeeklyCapacity
from nav_access.core.i18n.wording import N_
from nav_access.offices.spans import MINUTES_A_DAY, Interval
from nav_access.web.desk.office.subjects import OfficeForm
from nav_access.web.shared.fields import CodeField, TextField, TickField
from nav_access.web.shared.signed_in.day_fields import DayField, MaybeDayField
from nav_access.web.shared.signed_in.typed_times import parse_time

MOST_SEATS = 50
A_DAY, A_WEEK = 24 * 60, 7 * 24 * 60

WRITE_NUMBER = N_("Write a whole number that is not too large.")
WRITE_TIME = N_("Write the time like this: 14:30.")
ENDS_FIRST = N_("The end must be after the beginning.")
NO_SEATS = N_("Write for how many people there is room.")
LAST_DAY_FIRST = N_("The last day must not be before the first.")
BOTH_TIMES = N_("Write both times, or none for the whole day.")


class Weekday(StrEnum):
    """A day of the week, as a form sends it."""

    MONDAY = "0"
    TUESDAY = "1"
    WEDNESDAY = "2"
    THURSDAY = "3"
    FRIDAY = "4"
    SATURDAY = "5"
    SUNDAY = "6"


WEEKDAYS: dict[Weekday | None, str] = {
    Weekday.MONDAY: N_("Monday"),
    Weekday.TUESDAY: N_("Tuesday"),
    Weekday.WEDNESDAY: N_("Wednesday"),
    Weekday.THURSDAY: N_("Thursday"),
    Weekday.FRIDAY: N_("Friday"),
    Weekday.SATURDAY: N_("Saturday"),
    Weekday.SUNDAY: N_("Sunday"),
}


class ChangeKind(StrEnum):
    """Whether a date has less or more."""

    CLOSED = "closed"
    EXTRA = "extra"


CHANGE_KINDS: dict[ChangeKind | None, str] = {
    ChangeKind.CLOSED: N_("Nothing can be booked then"),
    ChangeKind.EXTRA: N_("There is more room then"),
}

PURPOSES: dict[Purpose | None, str] = {
    Purpose.CALLBACK: N_("Calls"),
    Purpose.MEETING: N_("Meetings"),
}


class NumberField(TextField):
    """A whole number between two; `number` once it was understood, None when nothing is written."""

    number: int | None = None

    def __init__(self, *, least: int, most_number: int, **options: Any) -> None:
        super().__init__(most=max(6, len(str(most_number))), **options)
        self.least, self.most_number = least, most_number

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.number = None
        if not self.data:
            return
        if not (self.data.isascii() and self.data.isdecimal()):
            raise ValueError(WRITE_NUMBER)
        if not self.least <= int(self.data) <= self.most_number:
            raise ValueError(WRITE_NUMBER)
        self.number = int(self.data)

    @property
    def whole(self) -> int:
        """The number, 0 when nothing is written."""
        return self.number or 0


class ClockField(TextField):
    """A time of day or nothing; `minute` from midnight once it was understood."""

    minute: int | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(most=20, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.minute = None
        if not self.data:
            return
        if self.data in ("24", "24:00", "24.00"):
            self.minute = MINUTES_A_DAY
            return
        read: time | None = parse_time(self.data)
        if read is None:
            raise ValueError(WRITE_TIME)
        self.minute = read.hour * 60 + read.minute


class CapacityForm(OfficeForm):
    """A change to what an office offers for one purpose."""

    purpose = CodeField(Purpose, words=PURPOSES, safest=Purpose.CALLBACK)

    @property
    def about(self) -> Purpose:
        """What the change is about."""
        return self.purpose.data or Purpose.CALLBACK


class GoneForm(CapacityForm):
    """A rule is taken away."""

    which = NumberField(least=1, most_number=999_999)


class ChangeGoneForm(GoneForm):
    """A closure or an extra is taken away."""


class TermsForm(CapacityForm):
    """How an office books for one purpose."""

    slot_minutes = NumberField(least=5, most_number=240)
    length_minutes = NumberField(least=5, most_number=480)
    phone_minutes = NumberField(least=5, most_number=480)
    interpreter_minutes = NumberField(least=0, most_number=240)
    lead_minutes = NumberField(least=0, most_number=A_WEEK)
    horizon_days = NumberField(least=1, most_number=90)
    cool_down_minutes = NumberField(least=0, most_number=A_DAY)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for every number but the one that may be left out."""
        super().validate(extra_validators)
        for field in self:
            is_needed = isinstance(field, NumberField) and field.name != "phone_minutes"
            if is_needed and field.number is None and not field.errors:
                self.ask(field, WRITE_NUMBER)
        return not self.has_errors

    def to_terms(self) -> Terms:
        """Return the terms; the form is valid."""
        return Terms(
            slot_minutes=self.slot_minutes.whole,
            length_minutes=self.length_minutes.whole,
            phone_minutes=self.phone_minutes.number,
            interpreter_minutes=self.interpreter_minutes.whole,
            lead_minutes=self.lead_minutes.whole,
            horizon_days=self.horizon_days.whole,
            cool_down_minutes=self.cool_down_minutes.whole,
        )


class RuleForm(CapacityForm):
    """Seats every week on one weekday."""

    weekday = CodeField(Weekday, words=WEEKDAYS, safest=Weekday.MONDAY)
    starts = ClockField()
    ends = ClockField()
    public_seats = NumberField(least=0, most_number=MOST_SEATS)
    internal_seats = NumberField(least=0, most_number=MOST_SEATS)
    private_rooms = NumberField(least=0, most_number=MOST_SEATS)
    valid_from = MaybeDayField(most=40)
    valid_to = MaybeDayField(most=40)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for times and days in order, and for room for somebody."""
        super().validate(extra_validators)
        for field in (self.starts, self.ends):
            if field.minute is None and not field.errors:
                self.ask(field, WRITE_TIME)
        if not self.has_errors and (self.ends.minute or 0) <= (self.starts.minute or 0):
            self.ask(self.ends, ENDS_FIRST)
        first, last = self.valid_from.read, self.valid_to.read
        if first and last and last < first:
            self.ask(self.valid_to, LAST_DAY_FIRST)
        if not self.public_seats.number and not self.internal_seats.number:
            self.ask(self.public_seats, NO_SEATS)
        return not self.has_errors

    def to_capacity(self) -> WeeklyCapacity:
        """Return the rule; the form is valid."""
        return WeeklyCapacity(
            int(self.weekday.data or 0),
            Interval(self.starts.minute or 0, self.ends.minute or 0),
            Seats(self.public_seats.whole, self.internal_seats.whole, self.private_rooms.whole),
            self.valid_from.read,
            self.valid_to.read,
        )


class ChangeForm(CapacityForm):
    """A date's closure or extra."""

    day = DayField(most=40)
    change = CodeField(ChangeKind, words=CHANGE_KINDS, safest=ChangeKind.CLOSED)
    every_kind = TickField()
    change_starts = ClockField()
    change_ends = ClockField()
    change_public = NumberField(least=0, most_number=MOST_SEATS)
    change_internal = NumberField(least=0, most_number=MOST_SEATS)
    change_rooms = NumberField(least=0, most_number=MOST_SEATS)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for both times or none, and for room when there is to be more."""
        super().validate(extra_validators)
        first, last = self.change_starts, self.change_ends
        if not self.has_errors and (first.minute is None) != (last.minute is None):
            self.ask(last, BOTH_TIMES)
        elif not self.has_errors and first.data and (last.minute or 0) <= (first.minute or 0):
            self.ask(last, ENDS_FIRST)
        has_room = self.change_public.number or self.change_internal.number
        if self.is_extra and not has_room and not self.change_public.errors:
            self.ask(self.change_public, NO_SEATS)
        return not self.has_errors

    @property
    def is_extra(self) -> bool:
        """Whether there is more on that date."""
        return self.change.data is ChangeKind.EXTRA

    @property
    def for_purpose(self) -> Purpose | None:
        """What it is about; None for calls and meetings alike."""
        return None if self.every_kind.data else self.about

    def to_change(self) -> DatedChange:
        """Return the change; the form is valid."""
        if self.day.read is None:
            raise LookupError("the form is not valid")
        first, last = self.change_starts.minute, self.change_ends.minute
        hours = WHOLE_DAY if first is None or last is None else Interval(first, last)
        more = Seats(self.change_public.whole, self.change_internal.whole, self.change_rooms.whole)
        return DatedChange(
            self.day.read, not self.is_extra, hours, more if self.is_extra else Seats()
        )
