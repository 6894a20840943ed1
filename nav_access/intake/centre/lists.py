"""Messages between the contact centre and offices in lists: where each stands, not what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.callbacks.codes import EscalationStep
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import (
    is_known_by_number,
    is_known_to_centre,
    is_unread_at_top,
    is_unread_by_role,
)
from nav_access.intake.centre.codes import Standing
from nav_access.intake.centre.models import CentreAnswer, CentreMessage
from nav_access.intake.codes import CaseStatus, Urgency
from nav_access.intake.doubles import is_as_any_other
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import falls_to_centre, is_hidden_from
from nav_access.offices.models import Office
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST = 100
"""Lines of one list."""

RECENT = timedelta(days=7)
"""How long a message that was acknowledged stays on the lists."""

_Sender, _Reader = aliased(StaffMember), aliased(StaffMember)


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message in a list: where it stands, and nothing of what it says.

    `promise_utc` is what the person was promised, None when they no longer wait; it and
    `deadline_utc` are both shown, because a message changes no promise.
    """

    id: int
    number: str
    office_name: str
    urgency: Urgency
    sent_utc: datetime
    sender: str
    deadline_utc: datetime
    due_utc: datetime
    promise_utc: datetime | None
    standing: Standing
    step: EscalationStep | None
    stepped_utc: datetime | None
    reader: str | None
    acknowledged_utc: datetime | None
    answered_by_centre: bool | None
    """Who wrote last below it: the centre, the office, or nobody yet (None)."""

    @property
    def is_before_promise(self) -> bool:
        """Whether it asks for something sooner than the person was promised."""
        return self.promise_utc is not None and self.deadline_utc < self.promise_utc


_LAST = (
    select(CentreAnswer.is_from_centre)
    .where(CentreAnswer.message_id == CentreMessage.id)
    .order_by(CentreAnswer.id.desc())
    .limit(1)
    .correlate(CentreMessage)
    .scalar_subquery()
)

Row = tuple[CentreMessage, Case, str, str, str | None, bool | None]
ROWS: Select[*Row] = (
    select(CentreMessage, Case, Office.name, _Sender.name, _Reader.name, _LAST)
    .join(Case, Case.id == CentreMessage.case_id)
    .join(Office, Office.id == Case.office_id)
    .join(_Sender, _Sender.id == CentreMessage.staff_id)
    .outerjoin(_Reader, _Reader.id == CentreMessage.acknowledged_by)
)


def list_unread(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return what nobody at the reader's offices has acknowledged, oldest deadline first."""
    wanted = _at_offices(who), CentreMessage.acknowledged_utc.is_(None)
    return _lines(session, in_order(and_(*wanted), CentreMessage.deadline_utc), now)


def list_acknowledged(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return what was acknowledged at the reader's offices lately, newest first."""
    wanted = _at_offices(who), CentreMessage.acknowledged_utc > now - RECENT
    return _lines(session, in_order(and_(*wanted), CentreMessage.acknowledged_utc.desc()), now)


def list_sent(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return the operator's own messages: unacknowledged ones first, then the newest."""
    is_recent = or_(CentreMessage.acknowledged_utc.is_(None), CentreMessage.sent_utc > now - RECENT)
    wanted = and_(CentreMessage.staff_id == who.staff_id, is_recent, is_known_by_number())
    is_read = CentreMessage.acknowledged_utc.is_not(None)
    return _lines(session, in_order(wanted, is_read, CentreMessage.sent_utc.desc()), now)


def list_taken_over(session: Session, who: Who, now: datetime) -> tuple[datetime, ...]:
    """Return when the operator lately sent messages that others alone read now, newest first.

    Of which cases, and what became of them, is not theirs to know any more.
    """
    is_hidden = and_(Case.wrapped_key.is_not(None), not_(is_as_any_other()))
    found = (
        select(CentreMessage.sent_utc)
        .join(Case, Case.id == CentreMessage.case_id)
        .where(CentreMessage.staff_id == who.staff_id, CentreMessage.sent_utc > now - RECENT)
        .where(Case.status != CaseStatus.WITHDRAWN, is_hidden)
        .order_by(CentreMessage.sent_utc.desc())
        .limit(MOST)
    )
    return tuple(session.scalars(found))


def list_returned(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return the messages that came back to the contact centre, for its operators."""
    if not rules.is_operator(who):
        return ()
    wanted = and_(is_unread_at_top(), is_known_to_centre())
    return _lines(session, in_order(wanted, CentreMessage.deadline_utc), now)


def count_unread(session: Session, who: Who) -> int:
    """Return how many messages wait to be acknowledged at the reader's offices."""
    joined = select(func.count()).select_from(CentreMessage).join(Case)
    unread = CentreMessage.acknowledged_utc.is_(None)
    return session.scalars(joined.where(_at_offices(who), unread)).one()


def _at_offices(who: Who) -> ColumnElement[bool]:
    """Return the condition on a message's case that lists of the reader's offices hold it."""
    is_there = Case.wrapped_key.is_not(None), Case.status != CaseStatus.WITHDRAWN
    by_role = falls_to_centre(who), is_unread_by_role(who)
    is_here = or_(Case.office_id.in_(who.office_ids), *by_role)
    return and_(is_here, *is_there, not_(is_hidden_from(who)))


def in_order(wanted: ColumnElement[bool], *order: Any) -> Select[*Row]:
    """Return the messages that meet a condition, in this order."""
    return ROWS.where(wanted).order_by(*order, CentreMessage.id).limit(MOST)


def _lines(session: Session, statement: Select[*Row], now: datetime) -> tuple[MessageLine, ...]:
    return tuple(line for line, _ in lines_and_rows(session, statement, now))


def lines_and_rows(
    session: Session, statement: Select[*Row], now: datetime
) -> list[tuple[MessageLine, CentreMessage]]:
    """Return the messages, each with its line."""
    return [(line_of(*row, now), row[0]) for row in session.execute(statement)]


def line_of(
    message: CentreMessage,
    case: Case,
    office_name: str,
    sender: str,
    reader: str | None,
    answered_by_centre: bool | None,
    now: datetime,
) -> MessageLine:
    """Return the line of one row."""
    standing = rules.decide_standing(
        acknowledged=message.acknowledged_utc, step=message.step, due=message.due_utc, now=now
    )
    return MessageLine(
        id=message.id,
        number=case.number,
        office_name=office_name,
        urgency=Urgency(message.urgency),
        sent_utc=message.sent_utc,
        sender=sender,
        deadline_utc=message.deadline_utc,
        due_utc=message.due_utc,
        promise_utc=case.deadline_utc if case.status is CaseStatus.WAITING else None,
        standing=standing,
        step=message.step,
        stepped_utc=message.stepped_utc,
        reader=reader,
        acknowledged_utc=message.acknowledged_utc,
        answered_by_centre=answered_by_centre,
    )
