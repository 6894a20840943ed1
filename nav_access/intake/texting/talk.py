"""What a conversation by SMS has told so far, and what it adds up to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nav_access.intake.codes import AcuteStatement, Need
from nav_access.intake.rules import NEED_OF_STATEMENT, PRESSING_NEEDS, complete_needs
from nav_access.intake.texting.codes import Say

MOST_QUESTIONS = 3
"""With the promise that makes four texts from us."""

_STATEMENT_OF_NEED = {need: statement for statement, need in NEED_OF_STATEMENT.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question we sent; `page` is which page of the languages."""

    say: Say
    at_utc: datetime
    page: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation has told so far, and what was asked, oldest first.

    `lag` is the shortest time from a text's own time stamp to its arrival: with it, the
    gateway's clock is read as ours.
    """

    language: str | None = None
    needs: frozenset[Need] = frozenset()
    acute: frozenset[AcuteStatement] = frozenset()
    is_acute_told: bool = False
    says_today: bool = False
    cries_for_help: bool = False
    place: str | None = None
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    lag: timedelta | None = None

    @property
    def is_told(self) -> bool:
        """Say whether somebody has told that they need something: then it must not be lost."""
        return bool(self.needs or self.words or self.cries_for_help)

    @property
    def questions_left(self) -> int:
        """Return how many questions may still be sent."""
        return MOST_QUESTIONS - len(self.asked)

    def find_acute(self) -> frozenset[AcuteStatement]:
        """Return what is acute: what was chosen, and pressing needs said to be for today."""
        said = self.needs if self.says_today else frozenset()
        return self.acute | {_STATEMENT_OF_NEED[need] for need in said if need in PRESSING_NEEDS}

    def find_needs(self) -> frozenset[Need]:
        """Return the needs of the request this becomes; somebody in need of anything has one."""
        return complete_needs(self.needs, self.find_acute(), has_message=True)
