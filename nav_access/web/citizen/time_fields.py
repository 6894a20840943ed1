"""Which time, and how the meeting happens: the fields of every page on which a time is chosen."""

from collections.abc import Iterator
from typing import Any

from wtforms import Field

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.core.i18n.wording import N_
from nav_access.intake.booking.choices import ANY_TODAY, BookingChoice
from nav_access.web.shared.fields import CodeField, TextField, TickField
from nav_access.web.shared.forms import PublicForm

LONGEST_SLOT = 18
"""Digits of a slot's number: what a database can hold."""

WAYS: dict[BookingKind | None, str] = {
    BookingKind.OFFICE: N_("At the office"),
    BookingKind.PHONE: N_("By phone"),
}

CHOOSE_TIME = N_("Choose a time")


class SlotField(TextField):
    """The time that was chosen: the number of a slot, «any time today», or nothing yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=LONGEST_SLOT, **options)

    def process_formdata(self, valuelist: Any) -> None:
        """Take what a page of ours could have offered; anything else is no choice."""
        typed = valuelist[0].strip() if valuelist else ""
        is_number = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_SLOT
        self.data = typed if is_number or typed == ANY_TODAY else ""

    @property
    def slot_id(self) -> int | None:
        """The slot, None for «any time today»."""
        return int(self.data) if self.data.isdecimal() else None

    def ask(self, what_to_do: str) -> None:
        """Say what is left to do about it."""
        self.errors = [what_to_do]


class TimeFields(PublicForm):
    """Which time, and how the meeting happens."""

    purpose = Purpose.CALLBACK

    slot = SlotField()
    interpreter = TickField()
    since = TextField(most=10)
    """From which day on the times are shown."""

    @property
    def kind(self) -> BookingKind:
        """What is booked."""
        return BookingKind.CALLBACK

    @property
    def is_private(self) -> bool:
        """True when the meeting needs a room of its own."""
        return False

    @property
    def choice(self) -> BookingChoice:
        """What to book, as the intake room takes it."""
        return BookingChoice(self.kind, self.slot.slot_id, self.interpreter.data, self.is_private)

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, and that a time is chosen."""
        super().validate(extra_validators)
        self.check_slot()
        return not self.has_errors

    def check_slot(self) -> None:
        """Ask for a time."""
        if not self.slot.data:
            self.slot.ask(CHOOSE_TIME)

    def __iter__(self) -> Iterator[Field]:
        """Give the fields as the page has them: the time first."""
        yield self.slot
        yield from (field for field in super().__iter__() if field is not self.slot)


class MeetingFields(TimeFields):
    """The same for a meeting: at the office or by phone, perhaps in a private room."""

    purpose = Purpose.MEETING

    way = CodeField(BookingKind, words=WAYS, safest=BookingKind.OFFICE)
    private_room = TickField()

    @property
    def kind(self) -> BookingKind:
        is_by_phone = self.way.data is BookingKind.PHONE
        return BookingKind.PHONE if is_by_phone else BookingKind.OFFICE

    @property
    def is_private(self) -> bool:
        return bool(self.private_room.data) and self.kind is BookingKind.OFFICE

    def check_slot(self) -> None:
        """Ask for a time; a meeting is at one, never «any time today»."""
        if self.slot.slot_id is None:
            self.slot.ask(CHOOSE_TIME)


class CaseCallForm(TimeFields):
    """A call about a case that is there."""

    scope = "case-callback"


class CaseMeetingForm(MeetingFields):
    """A meeting about a case that is there."""

    scope = "case-meeting"


class CaseCancelForm(PublicForm):
    """A booked time is given up: what was pressed says all."""

    scope = "case-cancel"
