"""What a manager may change: subjects with their acts, and what people read of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response

from nav_access.callbacks.policies import PolicyChanged
from nav_access.core.db import Session
from nav_access.offices.keeping.editing import Editor
from nav_access.offices.keeping.errors import NotOfThisOffice, OfficeChanged
from nav_access.offices.models import Office
from nav_access.web.desk.forms import DeskForm
from nav_access.web.desk.office.seeing import see_page
from nav_access.web.shared.fields import TextField

MOST_DIGITS = 9
OF = "-"


class OfficeForm(DeskForm):
    """A change of the office; `seen` is the version of it that the page showed."""

    seen = TextField(most=80)


@dataclass(frozen=True, slots=True)
class Turn:
    """A manager's turn: at which office, who, having seen which version, with which form."""

    office_id: int
    actor: str
    seen: str
    once: bytes = b""

    @property
    def version(self) -> int:
        """The number of the version that was seen; none there is when it was not understood."""
        return _read(self.seen.partition(OF)[0])

    @property
    def edition(self) -> int | None:
        """The office's edition where the version is of something beside it; else None."""
        _, has_edition, edition = self.seen.partition(OF)
        return _read(edition) if has_edition else None

    @property
    def editor(self) -> Editor:
        """What the offices' room asks for."""
        return Editor(self.office_id, self.actor, self.version)


def beside_edition(version: int, office: Office) -> str:
    """Name a version of something that people read with the office's lines: both must stand."""
    return f"{version}{OF}{office.edition}"


def _read(number: str) -> int:
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    return int(number) if is_number else 0


def _here(_session: Session, turn: Turn, _form: Any) -> int:
    return turn.office_id


def _nothing(_session: Session, _turn: Turn, _form: Any) -> list[Any]:
    return []


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: what is typed for it, and the verb."""

    form: type[OfficeForm]
    run: Callable[[Session, Turn, Any], object]
    begins: Callable[[Session, Turn, Any], Sequence[datetime]] = _nothing
    """When people may begin to read of it, if not at once; asked before it is done."""
    says: Callable[[Session, Turn, Any], list[str]] = _nothing
    """What is done, in sentences, where no public page shows it; asked before it is done."""
    about: Callable[[Session, Turn, Any], int] = _here
    """The office people read it of."""


def _edition(_session: Session, office: Office) -> str:
    return str(office.edition)


def _same(_before: Any, after: Any) -> Any:
    return after


@dataclass(frozen=True, slots=True)
class Look:
    """What people read of a subject: how it is read, and the macro that draws it.

    `see` returns values that can be compared, never rows: they outlive the rehearsal. `tell`
    picks what is shown of two of them, the other one first.
    """

    name: str
    see: Callable[[Session, int, datetime, Any], Any]
    tell: Callable[[Any, Any], Any] = _same
    beside: Callable[[Session, int, datetime, Any], dict[str, Any]] = lambda *_: {}
    """What only staff read of it, as the template draws it."""


PAGE = Look("page", see_page)
NOTHING = Look("", lambda *_: None)


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of the office: its acts, what its page shows, what facts ask to be mended."""

    name: str
    acts: Mapping[str, Act]
    describe: Callable[[Session, Office, OfficeForm | None], dict[str, Any]] = lambda *_: {}
    asks: Mapping[type[Exception], tuple[str, str]] = field(default_factory=dict)
    """By fact: the field, and what to write there."""
    version: Callable[[Session, Office], str] = _edition
    effects: Callable[[Session, Office], list[str]] = lambda *_: []
    """What a change leads to that no public page shows, in sentences."""
    look: Look = PAGE
    where: str = ""
    """Its address, where that is not the usual one."""
    draw: Callable[[OfficeForm | None, int, str | None], Response] | None = None
    """Its own page, where `describe` is not enough: the form, the status, the office asked for."""
    keeps: Callable[[Any], dict[str, str]] = lambda _: {}
    """What the address keeps once it is saved."""
    changed: tuple[type[Exception], ...] = (OfficeChanged, PolicyChanged)
    """Facts that say somebody was quicker."""
    gone: tuple[type[Exception], ...] = (NotOfThisOffice,)
    """Facts that say there is no such thing here."""
    done: tuple[type[Exception], ...] = ()
    """Facts that say this very form was handed in before."""

    @property
    def address(self) -> str:
        """Where its page is."""
        return self.where or f"/desk/office/{self.name}"
