"""Reading cases: what the person sees of their own, and what staff may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import Fallback, PlanState
from nav_access.callbacks.models import CallPlan
from nav_access.core.security.keyring import Keyring
from nav_access.intake.calling.history import read_events
from nav_access.intake.codes import (
    ActorKind,
    CaseStatus,
    ContactOutcome,
    EventKind,
    Flag,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.routing import find_choices
from nav_access.intake.safe_contact import Wishes, may_text
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.intake.texting.stops import is_stopped
from nav_access.intake.wishes import read_wishes
from nav_access.offices.queries import OfficeChoice

SHOWN_TO_PERSON = frozenset(EventKind) - {
    EventKind.NOTE_WRITTEN,
    EventKind.CLAIMED,
    EventKind.RELEASED,
    EventKind.DIRECT_NUMBER_GIVEN,
    EventKind.ACTING_TAKEN_OVER,
    EventKind.PROTECTED,
    EventKind.PROTECTION_ENDED,
    EventKind.GLASS_BROKEN,
    EventKind.PAPER_ENTERED,
    EventKind.CENTRE_ANSWERED,
    EventKind.CENTRE_ESCALATED,
    EventKind.TRANSFER_TRIED,
    EventKind.HANDOVER_OFFERED,
    EventKind.HANDOVER_ACCEPTED,
    EventKind.HANDOVER_RETURNED,
    EventKind.HANDOVER_TAKEN_BACK,
    EventKind.HANDOVER_ENDED,
    EventKind.HANDOVER_LATE,
    EventKind.NEED_CHANGED,
}


MOST_EVENTS = 50
"""Lines of the timeline on the person's page, newest first: it must fit a small phone."""


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """One line of the timeline the person reads."""

    kind: EventKind
    at_utc: datetime
    is_by_person: bool
    outcome: ContactOutcome | None
    deadline_utc: datetime | None
    starts_utc: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextCall:
    """When the office tries to reach the person next; half-open, in UTC."""

    from_utc: datetime
    until_utc: datetime
    attempt: int
    is_booked: bool


@dataclass(frozen=True, slots=True)
class PersonCase:
    """A case as its holder sees it: where it stands, never what was written in it.

    `next_call` is when they are rung next; `fallback` what is done when ringing did not help.
    `are_texts_stopped`: they want texts, and STOP was sent from their number. `is_helper_gone`:
    an agency was rung in their place and is not any more, so that nobody is rung now.
    `codes_given`: how many new codes the office has given; see `count_codes`.
    """

    number: str
    status: CaseStatus
    urgency: Urgency
    deadline_utc: datetime
    answered_utc: datetime | None
    received_utc: datetime
    attempts: int
    office_id: int
    language: str
    flags: tuple[str, ...]
    reach: Reach
    best_time: TimeOfDay
    may_leave_voicemail: bool
    may_say_who: bool
    has_phone: bool
    has_email: bool
    has_code_word: bool
    choices: tuple[OfficeChoice, ...]
    events: tuple[PersonEvent, ...]
    next_call: NextCall | None = None
    fallback: Fallback | None = None
    is_wrong_number: bool = False
    are_texts_stopped: bool = False
    is_helper_gone: bool = False
    codes_given: int = 0


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases wait for an answer, and how many of them past their promise."""

    waiting: int
    overdue: int


def count_cases(session: Session, now: datetime) -> CaseCounts:
    """Return the counts of all offices together, at `now`; whoever is erased waits no more."""
    is_waiting = and_(Case.status == CaseStatus.WAITING, Case.wrapped_key.is_not(None))
    overdue = func.count().filter(Case.deadline_utc <= now)
    row = session.execute(select(func.count(), overdue).select_from(Case).where(is_waiting)).one()
    return CaseCounts(waiting=row[0], overdue=row[1])


def get_person_case(
    session: Session, number: str, *, keyring: Keyring, now: datetime
) -> PersonCase:
    """Return a case for its holder; CaseNotFound when it is unknown, erased or withdrawn."""
    row = session.execute(
        select(Case, Reaching, CallPlan)
        .join(Reaching, Reaching.case_id == Case.id)
        .outerjoin(CallPlan, CallPlan.case_id == Case.id)
        .where(Case.number == number)
    ).one_or_none()
    if row is None or row[0].wrapped_key is None or row[0].status is CaseStatus.WITHDRAWN:
        raise CaseNotFound
    case, reaching, plan = row
    wishes = read_wishes(session, case, reaching, now)
    return PersonCase(
        number=case.number,
        status=case.status,
        urgency=Urgency(case.urgency),
        deadline_utc=case.deadline_utc,
        answered_utc=case.answered_utc,
        received_utc=case.received_utc,
        attempts=case.attempts,
        office_id=case.office_id,
        language=case.language,
        flags=tuple(flag for flag in case.flags if flag != Flag.PROTECTED_PHONE),
        reach=reaching.reach,
        best_time=reaching.best_time,
        may_leave_voicemail=reaching.may_leave_voicemail,
        may_say_who=reaching.may_say_who,
        has_phone=reaching.phone_sealed is not None,
        has_email=reaching.email_sealed is not None,
        has_code_word=reaching.code_word_sealed is not None,
        choices=find_choices(session, case, reaching, keyring),
        events=tuple(_for_person(event) for event in _list_events(session, case.id)),
        next_call=_next_call(plan),
        fallback=_fallback(plan),
        is_wrong_number=bool(case.attempts) and read_events(session, case.id).is_wrong_number,
        are_texts_stopped=_are_texts_stopped(session, case, reaching, wishes, keyring),
        is_helper_gone=wishes.has_helper_ended,
        codes_given=count_codes(session, number),
    )


def count_codes(session: Session, number: str) -> int:
    """Return how many new codes a case has got: what was opened with an older one is shut."""
    return session.scalars(
        select(func.count())
        .select_from(CaseEvent)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.number == number, CaseEvent.kind == EventKind.CODE_GIVEN)
    ).one()


def _are_texts_stopped(
    session: Session, case: Case, reaching: Reaching, wishes: Wishes, keyring: Keyring
) -> bool:
    """Say whether the person wants texts at a phone that has asked for no more."""
    if not may_text(wishes):
        return False
    seal = open_seal(keyring, case)
    phone = open_reaching(seal, case.number, "phone", reaching.phone_sealed)
    return phone is not None and is_stopped(session, phone, keyring=keyring)


def _next_call(plan: CallPlan | None) -> NextCall | None:
    if plan is None or plan.state is not PlanState.PLANNED:
        return None
    return NextCall(plan.from_utc, plan.until_utc, plan.attempt, plan.is_booked)


def _fallback(plan: CallPlan | None) -> Fallback | None:
    if plan is None or plan.state is not PlanState.FALLBACK:
        return None
    return plan.fallback


def _list_events(session: Session, case_id: int) -> Sequence[CaseEvent]:
    """Return the events the person may see, newest first."""
    statement = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(SHOWN_TO_PERSON))
        .order_by(CaseEvent.seq.desc())
        .limit(MOST_EVENTS)
    )
    return session.scalars(statement).all()


def _for_person(event: CaseEvent) -> PersonEvent:
    outcome = event.detail.get("outcome")
    return PersonEvent(
        kind=event.kind,
        at_utc=event.at_utc,
        is_by_person=event.actor is ActorKind.PERSON,
        outcome=ContactOutcome(outcome) if outcome else None,
        deadline_utc=_instant(event.detail, "deadline"),
        starts_utc=_instant(event.detail, "starts"),
    )


def _instant(detail: dict[str, Any], key: str) -> datetime | None:
    value = detail.get(key)
    return datetime.fromisoformat(value) if value else None
