"""What a door hands to this room, and what it gets back: frozen values in codes."""

from dataclasses import dataclass, field
from datetime import datetime

from nav_access.intake.codes import (
    AcuteStatement,
    Channel,
    Flag,
    Need,
    Reach,
    TimeOfDay,
)
from nav_access.intake.rules import Promise
from nav_access.offices.queries import OfficeChoice

OFFICE_UNKNOWN = "unknown"
"""The answer «I do not know» to «choose your district»."""


@dataclass(frozen=True, slots=True)
class ContactWishes:
    """How, when and how safely a person can be reached. Phone is E.164.

    `spoken_language` is a code of the interpreter list; a language not on it stays as
    written, in `spoken_other`. `code_word` is what whoever rings says first.
    """

    reach: Reach | None = None
    phone: str | None = None
    email: str | None = None
    name: str | None = None
    best_time: TimeOfDay = TimeOfDay.ANY
    may_leave_voicemail: bool = False
    may_say_who: bool = False
    spoken_language: str | None = None
    spoken_other: str | None = None
    needs_interpreter: bool = False
    wants_private_room: bool = False
    code_word: str | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A request for help as the person put it, checked for shape only."""

    needs: frozenset[Need]
    acute: frozenset[AcuteStatement]
    has_children: bool
    place: str
    office: str
    message: str
    language: str
    wishes: ContactWishes = field(default_factory=ContactWishes)
    channel: Channel = Channel.WEB
    flags: frozenset[Flag] = frozenset()
    handed_in_utc: datetime | None = None
    """When an office got it, where that was before it was written down here."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The form that was handed in: `once` names it, `key_id` the key that signed it.

    `content` is a digest of what was typed: a form sent again with other words is another
    request, and must not be answered with the receipt of the first.
    """

    once: bytes
    key_id: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person is shown. `key` is None when the receipt is too old to repeat it."""

    number: str
    key: str | None
    office_id: int
    promise: Promise
    reach: Reach
    received_utc: datetime
    may_leave_voicemail: bool
    may_say_who: bool
    is_waiting: bool = True
    is_repeat: bool = False
    has_phone: bool = True
    choices: tuple[OfficeChoice, ...] = ()
    has_new_code: bool = False
    """The office has given the person another code since: the one this form led to is dead."""

    @property
    def is_rung(self) -> bool:
        """Whether the person may be rung, so that it matters what is said on the phone."""
        return self.has_phone and self.reach not in (Reach.VISIT, Reach.HELPER)
