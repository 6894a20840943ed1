"""What was read from a file, before it meets the database; and what there is to say about it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nav_access.offices.codes import DutyAudience, OfficeKind, OfficeStatus, OpeningKind, Parity

Day = int | date
"""A weekday (0 is Monday) or one date."""


class NoteCode(StrEnum):
    """Why something was skipped, or read otherwise than it stands."""

    NOT_A_UNIT = "not_a_unit"
    BAD_ROW = "bad_row"
    SHORT_REGISTER = "short_register"
    NO_DAY = "no_day"
    UNKNOWN_DAY = "unknown_day"
    BAD_TIME = "bad_time"
    END_BEFORE_START = "end_before_start"
    NO_TIMES = "no_times"
    DAY_AND_DATE = "day_and_date"
    ODD_PHONE = "odd_phone"
    KIND_NOT_SAID = "kind_not_said"
    UNKNOWN_STATUS = "unknown_status"
    NOT_IN_FORCE = "not_in_force"
    UNCOUNTABLE = "uncountable"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    OFFICE_NOT_READ = "office_not_read"
    UNIT_MISSING = "unit_missing"


SKIPPED = frozenset(
    {
        NoteCode.NOT_A_UNIT,
        NoteCode.BAD_ROW,
        NoteCode.NO_DAY,
        NoteCode.UNKNOWN_DAY,
        NoteCode.BAD_TIME,
        NoteCode.END_BEFORE_START,
        NoteCode.ODD_PHONE,
        NoteCode.NOT_IN_FORCE,
        NoteCode.UNCOUNTABLE,
        NoteCode.UNKNOWN_MUNICIPALITY,
    }
)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to report: what, about which unit or row, and what stood there."""

    code: NoteCode
    subject: str
    detail: str = ""

    @property
    def is_skip(self) -> bool:
        """Say whether something of the file was left out."""
        return self.code in SKIPPED


@dataclass(frozen=True, slots=True)
class IntervalRecord:
    """One line of a reception's hours."""

    weekday: int | None
    on_date: date | None
    kind: OpeningKind
    opens_minute: int | None = None
    closes_minute: int | None = None
    comment: str | None = None

    @property
    def day(self) -> Day | None:
        """The weekday or date the line is about."""
        return self.on_date if self.on_date is not None else self.weekday


@dataclass(frozen=True, slots=True)
class Address:
    """A visiting address."""

    street: str | None = None
    postcode: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ReceptionRecord:
    """A reception as a file has it."""

    label: str | None = None
    address: Address = Address()
    way_in: str | None = None
    intervals: tuple[IntervalRecord, ...] = ()
    doubtful: frozenset[Day] = frozenset()
    """Days whose lines could not be believed: the previous ones are kept."""
    has_step_free_entrance: bool | None = None
    has_private_room: bool | None = None


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """A duty number as a file has it."""

    phone: str
    topic: str | None = None
    audience: DutyAudience = DutyAudience.PUBLIC
    split: str | None = None
    after_hours_phone: str | None = None
    after_hours_note: str | None = None
    intervals: tuple[IntervalRecord, ...] | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """How to reach a unit. None clears plain contact fields; elsewhere it means «not spoken of».

    What only the office itself tells (entrance, private room, reason for restricted hours, the
    other way in) is never cleared by a file that does not speak of it.
    """

    phone: str | None = None
    phone_comment: str | None = None
    email: str | None = None
    address: Address = Address()
    postal_address: str | None = None
    language: str = "nb"
    information: str | None = None
    receptions: tuple[ReceptionRecord, ...] | None = None
    duty_lines: tuple[DutyRecord, ...] | None = None
    services: tuple[str, ...] | None = None
    services_note: str | None = None
    languages: tuple[str, ...] | None = None
    restricted_reason: str | None = None
    other_way_in: str | None = None


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as a file has it; None means that the file does not say."""

    number: str
    name: str
    kind: OfficeKind | None = None
    status: OfficeStatus | None = None
    closes_on: date | None = None
    contact: ContactRecord | None = None


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """Which unit serves a municipality, in the numbering of the file's own year."""

    office_number: str
    municipality_number: str
    municipality_name: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class StreetRecord:
    """A range of house numbers of a street and the district that serves it."""

    search_street: str
    first_number: int
    last_number: int
    parity: Parity
    district: str


@dataclass(frozen=True, slots=True)
class PostcodeRecord:
    """A line of the postal register."""

    code: str
    place: str
    municipality_number: str
    municipality_name: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that one file says."""

    source: str
    is_full: bool = False
    """A full file: a unit of the same source that is not in it has gone missing."""
    units: tuple[UnitRecord, ...] = ()
    areas: tuple[AreaRecord, ...] = ()
    streets: tuple[StreetRecord, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What a run did. `rows` counts rows written; a second run of the same file writes 0."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rows: int = 0
    notes: list[Note] = field(default_factory=list)

    def add(self, other: "ImportReport") -> None:
        """Take in what another part of the run did."""
        self.read += other.read
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.rows += other.rows
        self.notes += other.notes

    @property
    def skipped(self) -> int:
        """How many things of the file were left out; each has a note."""
        return sum(note.is_skip for note in self.notes)
