"""What every question about offices starts from: which are public, what is loaded with them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.models import DutyCover, DutyLine, Office, Reception

CONTACT_CENTRE_NUMBER = "contact-centre"


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """An office to choose."""

    id: int
    slug: str
    name: str


def where_public(today: date | None = None) -> ColumnElement[bool]:
    """Return the condition for offices people may be shown.

    Without `today` the database's own date decides, so that nobody has to hand one over.
    """
    on = func.current_date() if today is None else today
    is_closing = and_(
        Office.status == OfficeStatus.CLOSING,
        or_(Office.closes_on.is_(None), Office.closes_on > on),
    )
    is_alive = or_(Office.status == OfficeStatus.ACTIVE, is_closing)
    return and_(Office.kind == OfficeKind.LOCAL, is_alive)


# Statements that every request runs are built once, with parameters: building one costs more
# than running it. Pass `today=None` for the database's own date.
_TODAY = func.coalesce(bindparam("today", type_=Date), func.current_date())
IS_PUBLIC = and_(
    Office.kind == OfficeKind.LOCAL,
    or_(
        Office.status == OfficeStatus.ACTIVE,
        and_(
            Office.status == OfficeStatus.CLOSING,
            or_(Office.closes_on.is_(None), Office.closes_on > _TODAY),
        ),
    ),
)


LINE_HOURS = (
    selectinload(DutyLine.intervals),
    selectinload(DutyLine.shifts),
    selectinload(DutyLine.covers)
    .joinedload(DutyCover.by_line)
    .options(
        joinedload(DutyLine.office),
        selectinload(DutyLine.intervals),
        selectinload(DutyLine.shifts),
    ),
)
"""What says when a line is staffed, and which line answers for it."""


def with_everything() -> Select[Office]:
    """Return a selection of offices with receptions, hours and duty numbers loaded."""
    return select(Office).options(
        selectinload(Office.receptions).selectinload(Reception.openings),
        selectinload(Office.duty_lines).options(*LINE_HOURS),
    )
