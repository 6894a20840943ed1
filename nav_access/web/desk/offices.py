"""Which of the reader's offices a page is about: `?office=<slug>`, the first when none is named."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, request

from nav_access.core.db import Session
from nav_access.web.desk.session import who
from nav_access.worklist.desk_offices import (
    DeskOffice,
    OfficeNotTheirs,
    find_desk_office,
    list_desk_offices,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The office a page is about, and the reader's others."""

    office: DeskOffice
    offices: tuple[DeskOffice, ...]

    @property
    def query(self) -> str:
        """What an address needs to stay at this office."""
        return f"&office={self.office.slug}" if len(self.offices) > 1 else ""


def read_office(
    session: Session, among: Collection[int] | None = None, *, typed: str | None = None
) -> Chosen | None:
    """Return the office asked for; None for somebody without one, 404 for one not theirs.

    `among`: the ids of those that count; all of the reader's when it is None. `typed`: the one
    that was asked for before the reader had to sign in again.
    """
    asked = request.values.get("office", "") if typed is None else typed
    offices = list_desk_offices(session.connection(), who())
    if among is not None:
        offices = tuple(office for office in offices if office.id in among)
    if not offices and not asked:
        return None
    try:
        return Chosen(find_desk_office(offices, asked), offices)
    except OfficeNotTheirs:
        abort(404)
