"""Putting a caller through: each attempt is on the case's trace and counted for the office."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import Submission
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import opens
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.centre.errors import LineNotFound, NotAnOperator
from nav_access.intake.centre.models import Transfer
from nav_access.intake.codes import ActorKind, EventKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.events import Actor, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.submissions import name_submission
from nav_access.offices.models import DutyLine
from nav_access.staff.rules import Who


def log_transfer(
    session: Session,
    who: Who,
    line_id: int,
    outcome: TransferOutcome,
    submission: Submission,
    *,
    number: str | None = None,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Log an attempt to put a caller through; `number` is their case's, where they have one.

    The same form again changes nothing. Raises NotAnOperator, LineNotFound, and CaseNotFound
    for a case the operator may not open.
    """
    if not rules.is_operator(who):
        raise NotAnOperator
    case = _hold(session, who, number, now) if number else None
    line = session.get(DutyLine, line_id)
    if line is None:
        raise LineNotFound
    values = {
        "office_id": line.office_id,
        "case_id": case.id if case else None,
        "staff_id": who.staff_id,
        "at_utc": now,
        "audience": line.audience,
        "outcome": outcome,
        "submission": name_submission(keyring, submission),
    }
    if insert_unless_taken(session, Transfer, values) is None:
        return
    if case is None:
        _record(session, who, line.office_id, outcome, now)
        return
    detail = {"transfer": str(outcome), "office": line.office_id, "line": str(line.audience)}
    event = NewEvent(EventKind.TRANSFER_TRIED, Actor(ActorKind.STAFF, who.staff_id), detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def find_office_of_line(session: Session, line_id: int) -> int | None:
    """Return the office whose line this is, or None."""
    return session.scalar(select(DutyLine.office_id).where(DutyLine.id == line_id))


def _hold(session: Session, who: Who, number: str, now: datetime) -> Case:
    mine = select(Case).where(Case.number == number, opens(who, now))
    case = session.scalar(mine.with_for_update())
    if case is None:
        raise CaseNotFound
    return case


def _record(
    session: Session, who: Who, office_id: int, outcome: TransferOutcome, now: datetime
) -> None:
    audit.record(
        session,
        now=now,
        actor=f"staff:{who.staff_id}",
        action="centre.transfer_tried",
        subject=f"office:{office_id}",
        detail={"outcome": str(outcome)},
    )
