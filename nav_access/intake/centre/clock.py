"""Messages nobody acknowledged in time: up the office's own ladder, each step an event, once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.queries import BATCH
from nav_access.core.security.keyring import Keyring
from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.centre.rules import find_due
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case
from nav_access.offices.cards import get_card

_IS_UNREAD = CentreMessage.acknowledged_utc.is_(None)


def list_unread_due(session: Session, now: datetime) -> Sequence[int]:
    """Return the cases with a message whose next step up is due, longest due first.

    Who withdrew has said that they need it no longer; an erased case has nothing left to read.
    """
    statement = (
        select(CentreMessage.case_id)
        .join(Case, Case.id == CentreMessage.case_id)
        .where(_IS_UNREAD, CentreMessage.next_utc <= now)
        .where(Case.wrapped_key.is_not(None), Case.status != CaseStatus.WITHDRAWN)
        .order_by(CentreMessage.next_utc, CentreMessage.id)
        .limit(BATCH)
    )
    return list(dict.fromkeys(session.scalars(statement)))


def escalate(session: Session, case: Case, *, keyring: Keyring, now: datetime) -> int:
    """Take every step that is due for a case's messages; return how many.

    The caller holds the case until the commit. Each step is an event, once, whoever else tries.
    """
    if case.status is CaseStatus.WITHDRAWN:
        return 0
    due = (
        select(CentreMessage)
        .where(CentreMessage.case_id == case.id, _IS_UNREAD, CentreMessage.next_utc <= now)
        .order_by(CentreMessage.id)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(due).all()
    return sum(_climb(session, case, message, keyring, now) for message in found)


def _climb(
    session: Session, case: Case, message: CentreMessage, keyring: Keyring, now: datetime
) -> int:
    hours, policy = get_card(session, case.office_id).hours, get_policy(session, case.office_id)
    before, taken = message.step, 0
    due = find_due(before, message.due_utc, hours, policy)
    while due is not None and due[1] <= now:
        step = due[0]
        due = find_due(step, message.due_utc, hours, policy)
        following = due[1] if due else None
        values = {"step": step, "stepped_utc": now, "next_utc": following}
        if not _change(session, message.id, before, values):
            return taken
        _append(session, case, message.id, step, keyring, now)
        before, taken = step, taken + 1
    if due is not None and not taken:
        # The office's hours have changed since: it is due later than it was.
        _change(session, message.id, before, {"next_utc": due[1]})
    return taken


def _change(
    session: Session, message_id: int, before: EscalationStep | None, values: dict[str, Any]
) -> bool:
    """Change a message nobody has acknowledged, if it stands where it was seen to stand."""
    changing = (
        update(CentreMessage)
        .where(CentreMessage.id == message_id, _IS_UNREAD, _is_at(before))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(changing)).rowcount == 1


def _is_at(step: EscalationStep | None) -> ColumnElement[bool]:
    return CentreMessage.step.is_(None) if step is None else CentreMessage.step == step


def _append(
    session: Session,
    case: Case,
    message_id: int,
    step: EscalationStep,
    keyring: Keyring,
    now: datetime,
) -> None:
    event = NewEvent(EventKind.CENTRE_ESCALATED, SYSTEM, {"step": str(step), "message": message_id})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
