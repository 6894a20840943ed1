"""What an operator sees of a case: what handing it over needs, never what was written in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import PlanState
from nav_access.callbacks.queries import find_plan
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake.acting.lines import HelperLine, find_line
from nav_access.intake.calling.escalations import EscalatedCase, list_left_to_centre
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import is_known_to_centre, is_task, opens
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.centre.models import Transfer
from nav_access.intake.centre.reading import MessageRead, read_thread
from nav_access.intake.codes import (
    CaseStatus,
    ContactOutcome,
    EventKind,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.safe_contact import Wishes
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.intake.wishes import read_wishes
from nav_access.offices.models import Office
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST_TRIES = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt of the office to reach the person."""

    at_utc: datetime
    outcome: ContactOutcome


@dataclass(frozen=True, slots=True)
class TransferTried:
    """An attempt of the centre to put the person through."""

    at_utc: datetime
    outcome: TransferOutcome
    office_name: str
    operator: str


@dataclass(frozen=True, slots=True)
class NextCall:
    """When the office rings the person next; half-open, in UTC."""

    from_utc: datetime
    until_utc: datetime


@dataclass(frozen=True, slots=True)
class OperatorCase:
    """A case as an operator sees it: no name, no address, nothing that was written in it.

    `phone` only where the case is left to the contact centre, which then rings the person, or
    `helper` where an agency is rung in their place.
    """

    number: str
    office_id: int
    office_name: str
    status: CaseStatus
    needs: tuple[str, ...]
    acute: tuple[str, ...]
    has_children: bool
    urgency: Urgency
    received_utc: datetime
    deadline_utc: datetime
    answered_utc: datetime | None
    language: str
    reach: Reach
    best_time: TimeOfDay
    may_leave_voicemail: bool
    may_say_who: bool
    spoken_language: str | None
    spoken_other: str | None
    needs_interpreter: bool
    has_phone: bool
    has_email: bool
    phone: str | None
    helper: HelperLine | None
    wishes: Wishes
    is_task: bool
    next_call: NextCall | None
    attempts: tuple[Attempt, ...]
    transfers: tuple[TransferTried, ...]
    messages: tuple[MessageRead, ...]


def open_case(
    session: Session, who: Who, number: str, *, keyring: Keyring, now: datetime
) -> OperatorCase:
    """Return a case for showing it to an operator, and log that it was read; or CaseNotFound."""
    found = get_case_for_operator(session, who, number, keyring=keyring, now=now)
    audit.record(
        session,
        now=now,
        actor=f"staff:{who.staff_id}",
        action="centre.case_read",
        subject=f"case:{number}",
    )
    return found


def get_case_for_operator(
    session: Session, who: Who, number: str, *, keyring: Keyring, now: datetime
) -> OperatorCase:
    """Return a case this operator may open now: looked up within the hour, or left to the centre.

    Unknown, not looked up, withdrawn, erased and protected are one answer: CaseNotFound.
    """
    row = session.execute(
        select(Case, Reaching, Office.name, is_task())
        .join(Reaching, Reaching.case_id == Case.id)
        .join(Office, Office.id == Case.office_id)
        .where(Case.number == number, opens(who, now))
    ).one_or_none()
    if row is None:
        raise CaseNotFound
    case, reaching, office_name, is_left = row
    seal = open_seal(keyring, case)
    wishes = read_wishes(session, case, reaching, now)
    may_ring = is_left and not wishes.is_helper_rung and not wishes.has_helper_ended
    phone = reaching.phone_sealed if may_ring else None
    return OperatorCase(
        number=case.number,
        office_id=case.office_id,
        office_name=office_name,
        status=case.status,
        needs=case.needs,
        acute=case.acute,
        has_children=case.has_children,
        urgency=Urgency(case.urgency),
        received_utc=case.received_utc,
        deadline_utc=case.deadline_utc,
        answered_utc=case.answered_utc,
        language=case.language,
        reach=reaching.reach,
        best_time=reaching.best_time,
        may_leave_voicemail=reaching.may_leave_voicemail,
        may_say_who=reaching.may_say_who,
        spoken_language=reaching.spoken_language,
        spoken_other=open_reaching(seal, number, "spoken", reaching.spoken_sealed),
        needs_interpreter=reaching.needs_interpreter,
        has_phone=reaching.phone_sealed is not None,
        has_email=reaching.email_sealed is not None,
        phone=open_reaching(seal, number, "phone", phone),
        helper=find_line(session, case.id, now) if is_left else None,
        wishes=wishes,
        is_task=bool(is_left),
        next_call=_find_next_call(session, case.id),
        attempts=_list_attempts(session, case.id),
        transfers=_list_transfers(session, case.id),
        messages=read_thread(session, case, keyring=keyring, now=now),
    )


def list_left(session: Session, who: Who) -> tuple[EscalatedCase, ...]:
    """Return the cases left to the contact centre, for its operators, most urgent first."""
    if not rules.is_operator(who):
        return ()
    return list_left_to_centre(session, is_known_to_centre())


def _find_next_call(session: Session, case_id: int) -> NextCall | None:
    plan = find_plan(session, case_id)
    if plan is None or plan.state is not PlanState.PLANNED:
        return None
    return NextCall(plan.from_utc, plan.until_utc)


def _list_attempts(session: Session, case_id: int) -> tuple[Attempt, ...]:
    """Return when the office tried to reach the person and how it went, newest first."""
    events = session.scalars(
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind == EventKind.CONTACT_LOGGED)
        .order_by(CaseEvent.seq.desc())
        .limit(MOST_TRIES)
    )
    return tuple(Attempt(one.at_utc, ContactOutcome(one.detail["outcome"])) for one in events)


def _list_transfers(session: Session, case_id: int) -> tuple[TransferTried, ...]:
    """Return when the centre tried to put the person through and how it went, newest first."""
    rows = session.execute(
        select(Transfer.at_utc, Transfer.outcome, Office.name, StaffMember.name)
        .join(Office, Office.id == Transfer.office_id)
        .join(StaffMember, StaffMember.id == Transfer.staff_id)
        .where(Transfer.case_id == case_id)
        .order_by(Transfer.at_utc.desc(), Transfer.id.desc())
        .limit(MOST_TRIES)
    )
    return tuple(TransferTried(*row) for row in rows)
