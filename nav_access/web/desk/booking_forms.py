"""What may be sent from a case's times: which time, for what, and what became of one."""

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.core.i18n.wording import N_
from nav_access.intake.booking.choices import BookingChoice
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.shared.fields import CodeField, TextField, TickField

LONGEST_SLOT = 18
"""Digits of a slot's number: what a database can hold."""

KINDS: dict[BookingKind | None, str] = {
    BookingKind.CALLBACK: N_("We ring the person"),
    BookingKind.OFFICE: N_("A meeting at the office"),
    BookingKind.PHONE: N_("A meeting by phone"),
}

PURPOSES: dict[Purpose | None, str] = {
    Purpose.CALLBACK: N_("We ring the person"),
    Purpose.MEETING: N_("A meeting"),
}

CHOOSE = N_("Choose a time")


class TimeForm(CaseForm):
    """A time for a case: a new one of a kind, or another for what is booked."""

    kind = CodeField(BookingKind, words=KINDS, safest=BookingKind.CALLBACK)
    purpose = CodeField(Purpose, words=PURPOSES, safest=Purpose.CALLBACK)
    interpreter = TickField()
    private_room = TickField()
    slot = TextField(most=LONGEST_SLOT)

    @property
    def slot_id(self) -> int | None:
        """The slot that was chosen, None when none was."""
        typed = str(self.slot.data)
        return int(typed) if typed.isascii() and typed.isdecimal() else None

    @property
    def chosen_purpose(self) -> Purpose:
        """Which of the case's times is moved."""
        return self.purpose.data or Purpose.CALLBACK

    @property
    def choice(self) -> BookingChoice:
        """What to book."""
        kind = self.kind.data or BookingKind.CALLBACK
        is_private = bool(self.private_room.data) and kind is BookingKind.OFFICE
        return BookingChoice(kind, self.slot_id, bool(self.interpreter.data), is_private)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a time."""
        super().validate(extra_validators)
        if self.slot_id is None and not self.slot.errors:
            self.ask(self.slot, CHOOSE)
        return not self.has_errors


class BookedForm(CaseForm):
    """A time that is booked: cancelled, kept or missed."""

    purpose = CodeField(Purpose, words=PURPOSES, safest=Purpose.MEETING)
    uid = TextField(most=32)
    to = TextField(most=10)
    """Where to go on: the diary, or the case's own times."""

    @property
    def chosen_purpose(self) -> Purpose:
        """Which of the case's times it is about."""
        return self.purpose.data or Purpose.MEETING
