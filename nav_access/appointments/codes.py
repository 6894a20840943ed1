"""The codes times and bookings are described in; words are made at the doors."""

from enum import StrEnum


class Purpose(StrEnum):
    """What capacity is for. A person has at most one open booking per purpose."""

    CALLBACK = "callback"
    MEETING = "meeting"


class BookingKind(StrEnum):
    """What was booked."""

    CALLBACK = "callback"
    """The office rings within the booked time."""
    OFFICE = "office"
    """The person comes to the office."""
    PHONE = "phone"
    """A whole meeting by phone."""


class BookingState(StrEnum):
    """Where a booking stands. A no-show closes nothing: the case goes on."""

    BOOKED = "booked"
    KEPT = "kept"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    PASSED = "passed"
    """Its time went by and nobody has said how it went; the person may book again."""


class CancelledBy(StrEnum):
    """Who cancelled, and whether the person still wants to be contacted."""

    PERSON = "person"
    PREVENTED = "prevented"
    """«I cannot make it»: the person still wants help and is rung or asked for another time."""
    OFFICE = "office"


PURPOSE_OF = {
    BookingKind.CALLBACK: Purpose.CALLBACK,
    BookingKind.OFFICE: Purpose.MEETING,
    BookingKind.PHONE: Purpose.MEETING,
}
