"""Adding to a case's list of events: the one place that moves a case from state to state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import find_open_booking
from nav_access.callbacks.service import end_plan
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake.booking.ends import settle_bookings
from nav_access.intake.codes import ActorKind, CaseStatus, ContactOutcome, EventKind, Urgency
from nav_access.intake.errors import CaseChanged
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.rules import CaseState, Happening, advance
from nav_access.intake.sealing import open_seal, seal_event_text
from nav_access.intake.sides.ends import end_offers


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes something happen; `staff_id` only for staff."""

    kind: ActorKind
    staff_id: int | None = None

    @property
    def name(self) -> str:
        """The actor as the audit names it."""
        return f"{self.kind}:{self.staff_id}" if self.staff_id else str(self.kind)


_BY_CLOCKS = (
    EventKind.CALL_PLANNED,
    EventKind.FALLBACK_CHOSEN,
    EventKind.ESCALATED,
    EventKind.DIRECT_NUMBER_GIVEN,
    EventKind.CENTRE_ESCALATED,
    EventKind.HANDOVER_LATE,
)

PERSON = Actor(ActorKind.PERSON)
SYSTEM = Actor(ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be added. `submission` makes it happen once for one form."""

    kind: EventKind
    actor: Actor
    detail: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None
    submission: bytes | None = None


def state_of(case: Case) -> CaseState:
    """Return the state stored beside the case's events."""
    return CaseState(
        status=CaseStatus(case.status),
        urgency=Urgency(case.urgency),
        deadline_utc=case.deadline_utc,
        office_id=case.office_id,
        answered_utc=case.answered_utc,
        attempts=case.attempts,
        claimed_by=case.claimed_by,
        version=case.version,
    )


def has_news(session: Session, case: Case, seen: int) -> bool:
    """Say whether anybody did anything since a version; what clocks did keeps nobody from acting.

    Somebody who is on the telephone when a promise runs out can still write down the answer.
    """
    since = CaseEvent.case_id == case.id, CaseEvent.seq > seen
    found = session.scalar(select(CaseEvent.id).where(*since, is_news()).limit(1))
    return found is not None or case.version < seen


def is_news() -> ColumnElement[bool]:
    """Return the condition an event meets that is not one of those that clocks make by themselves.

    A text from the person's number is the system's, for nobody knows who holds the phone.
    """
    return or_(CaseEvent.actor != ActorKind.SYSTEM, CaseEvent.kind.not_in(_BY_CLOCKS))


def append(
    session: Session, case: Case, event: NewEvent, *, seen: int, keyring: Keyring, now: datetime
) -> None:
    """Add an event to a case whose version the actor saw as `seen`; audit it.

    Raises CaseChanged when somebody else acted since; then nothing is written.
    """
    before = state_of(case)
    happening = Happening(event.kind, now, event.detail, event.actor.staff_id)
    after = advance(before, happening)
    _store_state(session, case, after, seen)
    session.add(
        CaseEvent(
            case_id=case.id,
            seq=after.version,
            at_utc=now,
            kind=event.kind,
            actor=event.actor.kind,
            staff_id=event.actor.staff_id,
            detail=dict(event.detail),
            text_sealed=_sealed(keyring, case, after.version, event.text),
            submission=event.submission,
        )
    )
    session.flush()
    lost = settle_bookings(session, case.id, event.kind, event.detail, now=now)
    if _ends_ringing(event) and not _is_rung_still(session, case, after.status, now):
        end_plan(session, case.id)
    audit.record(
        session,
        now=now,
        actor=event.actor.name,
        action=f"case.{event.kind}",
        subject=f"case:{case.number}",
        detail={"seq": after.version},
    )
    seen_after = after.version
    for detail in lost:
        told = NewEvent(EventKind.BOOKING_CANCELLED, event.actor, detail)
        append(session, case, told, seen=seen_after, keyring=keyring, now=now)
        seen_after += 1
    ended = end_offers(session, case.id, event.kind, after.version, now)
    if ended:
        told = NewEvent(EventKind.HANDOVER_ENDED, SYSTEM, {"count": ended})
        append(session, case, told, seen=seen_after, keyring=keyring, now=now)


def _ends_ringing(event: NewEvent) -> bool:
    """Say whether nobody is to be rung after this: they answered, or the case is over."""
    is_answer = event.detail.get("outcome") == ContactOutcome.ANSWERED
    return is_answer or event.kind in (EventKind.CLOSED, EventKind.WITHDRAWN)


def _is_rung_still(session: Session, case: Case, status: CaseStatus, now: datetime) -> bool:
    """Say whether a call they booked is still to come, which an answer before it does not undo."""
    if status is not CaseStatus.ANSWERED:
        return False
    return find_open_booking(session, case.id, Purpose.CALLBACK, now=now) is not None


def _sealed(keyring: Keyring, case: Case, seq: int, text: str | None) -> bytes | None:
    return seal_event_text(open_seal(keyring, case), case.number, seq, text) if text else None


def _store_state(session: Session, case: Case, after: CaseState, seen: int) -> None:
    values: dict[str, Any] = {
        "status": after.status,
        "urgency": int(after.urgency),
        "deadline_utc": after.deadline_utc,
        "office_id": after.office_id,
        "answered_utc": after.answered_utc,
        "attempts": after.attempts,
        "claimed_by": after.claimed_by,
        "version": after.version,
    }
    if case.version != seen:
        raise CaseChanged
    statement = update(Case).where(Case.id == case.id, Case.version == seen).values(**values)
    result = cast("CursorResult[Any]", session.execute(statement))
    if result.rowcount != 1:
        raise CaseChanged
