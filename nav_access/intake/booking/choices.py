"""What somebody wants to book, and what they get for it."""

from dataclasses import dataclass

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.queries import BookedTime
from nav_access.appointments.service import Wish
from nav_access.intake.applications import Receipt

ANY_TODAY = "any_today"
"""«Any time today»: no slot is taken, the promise is the end of the staffed day."""


@dataclass(frozen=True, slots=True)
class BookingChoice:
    """What somebody wants to book. Without a slot: a call at any time today."""

    kind: BookingKind
    slot_id: int | None
    with_interpreter: bool = False
    in_private_room: bool = False

    @property
    def wish(self) -> Wish:
        """What a time must have for it."""
        return Wish(self.kind, self.with_interpreter, self.in_private_room)

    @property
    def purpose(self) -> Purpose:
        """What capacity it takes."""
        return self.wish.purpose


@dataclass(frozen=True, slots=True)
class BookedReceipt:
    """The receipt of a request that came with a time; no booking for «any time today»."""

    receipt: Receipt
    booking: BookedTime | None
