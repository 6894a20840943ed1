"""What a queue shows beside a case: a call, a meeting, a task, a text, a promise that ran out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from nav_access.appointments.codes import BookingState, Purpose
from nav_access.appointments.models import Booking
from nav_access.callbacks.codes import EscalationStep, Fallback, PlanState
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.core.db import Connection
from nav_access.core.orm import UtcDateTime
from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.codes import EventKind
from nav_access.intake.models import Case, CaseEvent
from nav_access.staff.models import StaffMember


class Mark(NamedTuple):
    """One case's mark. The window of a planned call is half-open, in UTC."""

    state: PlanState | None = None
    from_utc: datetime | None = None
    until_utc: datetime | None = None
    fallback: Fallback | None = None
    staff_name: str | None = None
    step: EscalationStep | None = None
    meeting_utc: datetime | None = None
    """When the person comes, or is rung for a meeting, as was agreed."""
    asked_utc: datetime | None = None
    """By when the contact centre asks for something, in a message nobody has acknowledged."""
    has_new_text: bool | None = None
    """Whether a text came from the person's number after staff last did something."""

    def is_due(self, now: datetime) -> bool:
        """Whether a call is planned for this moment, or was and nobody rang."""
        is_planned = self.state is PlanState.PLANNED
        return is_planned and self.from_utc is not None and self.from_utc <= now


NO_MARK = Mark()

_OF_PROMISE = and_(Escalation.case_id == Case.id, Escalation.deadline_utc == Case.deadline_utc)
# Written out, as the index of open bookings is: a bound value would hide it.
_IS_MEETING = and_(
    Booking.case_id == Case.id,
    Booking.purpose == literal_column(f"'{Purpose.MEETING.value}'"),
    Booking.state == literal_column(f"'{BookingState.BOOKED.value}'"),
)
_ASKED = (
    select(func.min(CentreMessage.deadline_utc))
    .where(CentreMessage.case_id == Case.id, CentreMessage.acknowledged_utc.is_(None))
    .correlate(Case)
    .scalar_subquery()
)
_TEXTED_AT = case((CaseEvent.kind == EventKind.TEXTED, CaseEvent.seq))
_STAFF_AT = case((CaseEvent.staff_id.is_not(None), CaseEvent.seq), else_=0)
_HAS_NEW_TEXT = (
    select(func.max(_TEXTED_AT) > func.max(_STAFF_AT))
    .where(CaseEvent.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)
_MARKS = (
    select(
        Case.id,
        CallPlan.state,
        CallPlan.from_utc,
        CallPlan.until_utc,
        CallPlan.fallback,
        StaffMember.name,
        Escalation.step,
        Booking.starts_utc,
        type_coerce(_ASKED, UtcDateTime),
        type_coerce(_HAS_NEW_TEXT, Boolean),
    )
    .outerjoin(CallPlan, CallPlan.case_id == Case.id)
    .outerjoin(Escalation, _OF_PROMISE)
    .outerjoin(Booking, _IS_MEETING)
    .outerjoin(StaffMember, StaffMember.id == CallPlan.fallback_staff_id)
    .where(
        Case.id.in_(bindparam("case_ids", expanding=True)),
        or_(
            CallPlan.state != PlanState.DONE,
            Escalation.step.is_not(None),
            Booking.starts_utc.is_not(None),
            _ASKED.is_not(None),
            _HAS_NEW_TEXT,
        ),
    )
)


def find_marks(connection: Connection, case_ids: Sequence[int]) -> dict[int, Mark]:
    """Return the marks of those of these cases that have one."""
    if not case_ids:
        return {}
    rows = connection.execute(_MARKS, {"case_ids": case_ids})
    return {row[0]: Mark._make(row[1:]) for row in rows}
