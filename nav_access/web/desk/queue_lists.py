"""Which list of cases a queue's address asks for, and the addresses of its neighbours."""

from dataclasses import dataclass
from urllib.parse import urlencode

from nav_access.intake.codes import Need
from nav_access.staff.codes import Side
from nav_access.worklist.desk_offices import DeskOffice
from nav_access.worklist.statements import Show

HOME = "/desk/"


@dataclass(frozen=True, slots=True)
class QueueList:
    """A list of cases at one of the reader's offices."""

    office: DeskOffice
    offices: tuple[DeskOffice, ...]
    show: Show
    need: Need | None
    side: Side | None = None

    def link(self, **changes: object) -> str:
        """Return the address of this list with some of its choices changed, at its first page."""
        chosen = {
            "office": self.office.slug if len(self.offices) > 1 else None,
            "show": None if self.show is Show.WAITING else self.show,
            "need": self.need,
            "side": self.side,
        }
        asked = {name: str(value) for name, value in (chosen | changes).items() if value}
        return HOME + (f"?{urlencode(asked)}" if asked else "")


def read_show(asked: str) -> Show:
    """Return the list asked for; those who wait unless it is one we know."""
    return Show(asked) if asked in _SHOWS else Show.WAITING


def read_need(asked: str) -> Need | None:
    """Return the need asked for; None when it is none, so all are shown."""
    return Need(asked) if asked in _NEEDS else None


def read_side(asked: str) -> Side | None:
    """Return the side asked for; None when it is none, so what both sides have is shown."""
    return Side(asked) if asked in _SIDES else None


_SHOWS, _NEEDS = frozenset(Show), frozenset(Need)
_SIDES = frozenset({Side.MUNICIPAL, Side.STATE})
