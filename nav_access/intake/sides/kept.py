"""Notes that some colleagues alone may read, where the duty of confidentiality demands it.

Others see that there is a note, who wrote it and why it is kept from them, never its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nav_access.intake.sides.codes import KeepReason, KeptFor
from nav_access.intake.sides.rules import works_for
from nav_access.staff.codes import Side
from nav_access.staff.rules import Who


@dataclass(frozen=True, slots=True)
class Kept:
    """For whom at which office a note is kept, and why."""

    kept_for: KeptFor
    why: KeepReason
    office_id: int

    def to_detail(self) -> dict[str, str | int]:
        """Return it as the note's event tells of it."""
        return {
            "kept_for": str(self.kept_for),
            "why": str(self.why),
            "kept_at": self.office_id,
        }


def read_kept(detail: Mapping[str, Any]) -> Kept | None:
    """Return how an event is kept, None when every reader of the case reads it."""
    if "kept_for" not in detail:
        return None
    return Kept(KeptFor(detail["kept_for"]), KeepReason(detail["why"]), detail["kept_at"])


def may_read(kept: Kept | None, author_id: int | None, reader: Who) -> bool:
    """Say whether this reader of the case may read the words of an event in it.

    A note stays with the office it was written at: who takes the case over asks for it.
    """
    if kept is None or author_id == reader.staff_id:
        return True
    if kept.office_id not in reader.office_ids:
        return False
    if kept.kept_for is KeptFor.MANAGERS:
        return kept.office_id in reader.managed_office_ids
    return works_for(side_at(reader, kept.office_id), Side(kept.kept_for))


def may_keep(kept: Kept, writer: Who) -> bool:
    """Say whether a writer may keep a note so: for a side of their own, or for managers."""
    return may_keep_for(side_at(writer, kept.office_id), kept.kept_for)


def may_keep_for(mine: Side | None, kept_for: KeptFor) -> bool:
    """Say whether somebody on the side `mine` of an office may keep a note so."""
    is_managers = kept_for is KeptFor.MANAGERS
    return mine is not None and (is_managers or works_for(mine, Side(kept_for)))


def side_at(who: Who, office_id: int) -> Side | None:
    """Return on which side of an office somebody works; None when they do not work there."""
    if office_id not in who.office_ids:
        return None
    return who.sides.get(office_id, Side.BOTH)
