"""What every way out of here has in common: what is handed over, and how it can fail."""

from dataclasses import dataclass
from typing import Protocol

from nav_access.web.messages.words import Wording


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed over: to whom, what, and the id that makes a repetition known as one."""

    address: str
    wording: Wording
    once: str


class NotTaken(Exception):
    """The other side did not take a message; `trouble` is a code.

    `is_final`: it never will. `is_away`: nobody is there for any message, so that the next
    ones need not be tried now.
    """

    def __init__(self, trouble: str, *, is_final: bool = False, is_away: bool = False) -> None:
        super().__init__(trouble)
        self.trouble, self.is_final, self.is_away = trouble, is_final, is_away


class Carrier(Protocol):
    """One way out. `is_real` is false where messages are only written down."""

    @property
    def is_real(self) -> bool: ...

    def carry(self, parcel: Parcel) -> None:
        """Hand a message over; return when it was taken, raise NotTaken when it was not."""
