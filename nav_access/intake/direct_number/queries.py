"""Reading direct numbers: which a case has, and how many got one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from nav_access.intake.codes import ActorKind, EventKind
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.models import DirectNumber, DirectNumberPolicy
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.protected.gate import is_for_everybody
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine

BEGINS = (EventKind.CLAIMED, EventKind.CONTACT_LOGGED)


@dataclass(frozen=True, slots=True)
class DirectLine:
    """The number a case has at its office; `may_choose_day`: the office divides by birth day."""

    phone: str | None
    topic: str | None
    may_choose_day: bool


@dataclass(frozen=True, slots=True)
class DirectNumberCount:
    """Of the cases somebody at an office began on in a period: how many got a direct number."""

    begun: int
    given: int

    @property
    def not_given(self) -> int:
        """How many did not."""
        return self.begun - self.given


def find_direct_line(session: Session, number: str) -> DirectLine:
    """Return a case's direct number at the office it is with now; whoever asks may know of it."""
    row = session.execute(
        select(DutyLine.phone, DutyLine.topic, DirectNumberPolicy.split)
        .select_from(Case)
        .outerjoin(DirectNumber, _is_at_office())
        .outerjoin(
            DutyLine,
            and_(DutyLine.id == DirectNumber.line_id, DutyLine.audience == DutyAudience.PUBLIC),
        )
        .outerjoin(DirectNumberPolicy, DirectNumberPolicy.office_id == Case.office_id)
        .where(Case.number == number)
    ).one_or_none()
    if row is None:
        return DirectLine(None, None, may_choose_day=False)
    return DirectLine(row.phone, row.topic, may_choose_day=row.split is Split.BIRTH_DAY)


def count_direct_numbers(
    session: Session, office_id: int, since: datetime, until: datetime
) -> DirectNumberCount:
    """Count the cases an office has that its staff first began on from `since` to before `until`.

    A case that has since moved to another office is counted there; a protected person's nowhere.
    """
    begun = begun_between(since, until).where(Case.office_id == office_id).subquery()
    mine = and_(DirectNumber.case_id == begun.c.case_id, DirectNumber.office_id == office_id)
    counts = select(func.count(), func.count(DirectNumber.id)).select_from(begun)
    row = session.execute(counts.outerjoin(DirectNumber, mine)).one()
    return DirectNumberCount(row[0], row[1])


def begun_between(since: datetime, until: datetime) -> Select[int]:
    """Return the selection of cases staff first began on from `since` to before `until`.

    It joins each with the event that began it. A protected person's is none of them.
    """
    earlier = aliased(CaseEvent)
    is_first = ~exists().where(
        earlier.case_id == CaseEvent.case_id,
        earlier.seq < CaseEvent.seq,
        earlier.kind.in_(BEGINS),
        earlier.actor == ActorKind.STAFF,
    )
    return (
        select(CaseEvent.case_id)
        .select_from(CaseEvent)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(CaseEvent.kind.in_(BEGINS), CaseEvent.actor == ActorKind.STAFF)
        .where(CaseEvent.at_utc >= since, CaseEvent.at_utc < until)
        .where(is_for_everybody(), is_first)
    )


def _is_at_office() -> ColumnElement[bool]:
    return and_(DirectNumber.case_id == Case.id, DirectNumber.office_id == Case.office_id)
