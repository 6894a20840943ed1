"""Reading a case as staff: finding it and being allowed to are one act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import EscalationStep, Fallback
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake import staff_rules
from nav_access.intake.calling.escalations import is_shared_with
from nav_access.intake.centre.allowed import is_unread_by_role
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.codes import (
    ActorKind,
    CaseStatus,
    Channel,
    CloseReason,
    ContactOutcome,
    DeadlineReason,
    EventKind,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.events import state_of
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.protected import gate
from nav_access.intake.protected.acts import list_acts_for
from nav_access.intake.protected.codes import EndReason, GlassReason, ProtectionReason
from nav_access.intake.protected.queries import find_opened_until
from nav_access.intake.sealing import open_event_text, open_reaching, open_seal
from nav_access.intake.sides.access import is_offered_to
from nav_access.intake.sides.kept import Kept, may_read, read_kept
from nav_access.intake.sides.telling import Told, read_told
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import AnswersFor, Who

FIRST = 1
_PERSONS_SIDE = (ActorKind.PERSON, ActorKind.PARTNER)
MOST_EVENTS = 50
"""Lines of the timeline at a time, as on the person's page."""


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """One line of the timeline staff read, with the free text opened."""

    seq: int
    kind: EventKind
    at_utc: datetime
    actor: ActorKind
    staff_id: int | None
    staff_name: str | None
    outcome: ContactOutcome | None
    close_reason: CloseReason | None
    deadline_reason: DeadlineReason | None
    deadline_utc: datetime | None
    text: str | None
    starts_utc: datetime | None = None
    ends_utc: datetime | None = None
    fallback: Fallback | None = None
    step: EscalationStep | None = None
    transfer: TransferOutcome | None = None
    protection: ProtectionReason | EndReason | GlassReason | None = None
    kept: Kept | None = None
    is_withheld: bool = False
    handover: Told | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How, when and how safely to reach the person, opened for the reader."""

    reach: Reach
    best_time: TimeOfDay
    may_leave_voicemail: bool
    may_say_who: bool
    spoken_language: str | None
    spoken_other: str | None
    needs_interpreter: bool
    wants_private_room: bool
    phone: str | None
    email: str | None
    name: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class StaffCase:
    """A case as the office's staff see it, and what this reader may do with it now.

    `events` are the newest first, MOST_EVENTS at a time; `older`, when there are more, is what
    to ask for them `before`. `words` are the person's own among them, and always their first.
    """

    number: str
    office_id: int
    channel: Channel
    language: str
    needs: tuple[str, ...]
    acute: tuple[str, ...]
    has_children: bool
    flags: tuple[str, ...]
    status: CaseStatus
    urgency: Urgency
    received_utc: datetime
    deadline_utc: datetime
    answered_utc: datetime | None
    attempts: int
    claimed_by: int | None
    claimed_by_name: str | None
    version: int
    contact: Contact
    events: tuple[StaffEvent, ...]
    older: int | None
    words: tuple[StaffEvent, ...]
    acts: frozenset[EventKind]
    close_reasons: tuple[CloseReason, ...]
    is_protected: bool = False
    opened_until_utc: datetime | None = None
    """Until when broken glass lets this reader look, who would not know of the case."""
    may_act: bool = True
    """False for who reads it to decide on an offer."""
    cover: AnswersFor | None = None
    """By which this reader opens it, who answers its office's line and does not work there."""

    @property
    def why_read(self) -> dict[str, str | int | bool]:
        """What the audit adds of a reader who does not work there: the cover they answer by."""
        return {"cover": self.cover.cover_id} if self.cover else {}


def allows(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets when this reader may know of it, and it is not erased.

    It is theirs, or offered to an office of theirs, which reads it to decide and does no more.
    """
    may_read = or_(_is_theirs(who), is_offered_to(who))
    return and_(may_read, Case.wrapped_key.is_not(None))


def allows_acting(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets when this reader may act in it: theirs, not erased."""
    return and_(_is_theirs(who), Case.wrapped_key.is_not(None))


def _is_theirs(who: Who) -> ColumnElement[bool]:
    """Return the condition that a case is this reader's.

    Theirs is their office's, and what they have a task in though it is another's. A protected
    case besides asks for the role, or glass that was broken; see `protected.gate`. Who answers
    another office's line opens its cases too, and never a protected one.
    """
    by_role = gate.falls_to_centre(who), gate.is_double_of(who), is_unread_by_role(who)
    shared = is_shared_with(who), *by_role
    is_theirs = or_(Case.office_id.in_(who.office_ids), *shared)
    is_open = or_(not_(gate.is_hidden_from(who)), gate.is_opened_by(who))
    if not who.covers:
        return and_(is_theirs, is_open)
    is_covered = and_(Case.office_id.in_(who.covers), Case.is_protected.is_(False))
    return or_(and_(is_theirs, is_open), is_covered)


def get_case_for(
    session: Session,
    who: Who,
    number: str,
    *,
    before: int | None = None,
    is_to_act: bool = False,
    keyring: Keyring,
) -> StaffCase:
    """Return a case the reader may know of, opened; else CaseNotFound.

    `before`: the timeline's events before this one, by `seq`; the newest when it is None.
    `is_to_act`: only a case that is the reader's to act in, not one offered to them. Unknown,
    somebody else's and erased are one answer. Whoever shows it to a person calls
    `handling.open_case`, which also logs the read.
    """
    row = session.execute(
        select(Case, Reaching, StaffMember.name, allows_acting(who))
        .join(Reaching, Reaching.case_id == Case.id)
        .outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
        .where(Case.number == number, allows_acting(who) if is_to_act else allows(who))
    ).one_or_none()
    if row is None:
        raise CaseNotFound
    case, reaching, claimed_by_name, may_act = row
    seal = open_seal(keyring, case)
    state = state_of(case)
    events = _list_events(session, case, seal, who, before)
    shown = events[:MOST_EVENTS]
    return StaffCase(
        number=case.number,
        office_id=case.office_id,
        channel=case.channel,
        language=case.language,
        needs=case.needs,
        acute=case.acute,
        has_children=case.has_children,
        flags=case.flags,
        status=case.status,
        urgency=Urgency(case.urgency),
        received_utc=case.received_utc,
        deadline_utc=case.deadline_utc,
        answered_utc=case.answered_utc,
        attempts=case.attempts,
        claimed_by=case.claimed_by,
        claimed_by_name=claimed_by_name,
        version=case.version,
        contact=_open_contact(case, reaching, seal, may_act=may_act),
        events=shown,
        older=shown[-1].seq if len(events) > MOST_EVENTS else None,
        words=_find_words(session, case, seal, who, shown),
        acts=list_acts_for(case, who) if may_act else frozenset(),
        may_act=may_act,
        cover=who.covers.get(case.office_id),
        close_reasons=staff_rules.list_close_reasons(state),
        is_protected=case.is_protected,
        opened_until_utc=find_opened_until(session, who, case),
    )


def list_events_at(
    session: Session, case: Case, who: Who, seqs: Collection[int], *, keyring: Keyring
) -> dict[int, StaffEvent]:
    """Return some events of a case as this reader sees them, by `seq`; they may open the case."""
    if not seqs:
        return {}
    seal = open_seal(keyring, case)
    rows = session.execute(
        _EVENTS.where(CaseEvent.case_id == case.id, CaseEvent.seq.in_(sorted(seqs)))
    )
    return {event.seq: _for_staff(event, name, case.number, seal, who) for event, name in rows}


def _open_contact(case: Case, reaching: Reaching, seal: CaseSeal, *, may_act: bool) -> Contact:
    """Open the personal columns, as far as this reader needs them.

    Who withdrew is not to be contacted, so phone and e-mail stay; nor by an office that decides
    whether to take the case over, which needs no name for that either.
    """
    is_contacted = may_act and case.status is not CaseStatus.WITHDRAWN
    phone = reaching.phone_sealed if is_contacted else None
    email = reaching.email_sealed if is_contacted else None
    name = reaching.name_sealed if may_act else None
    return Contact(
        reach=reaching.reach,
        best_time=reaching.best_time,
        may_leave_voicemail=reaching.may_leave_voicemail,
        may_say_who=reaching.may_say_who,
        spoken_language=reaching.spoken_language,
        spoken_other=open_reaching(seal, case.number, "spoken", reaching.spoken_sealed),
        needs_interpreter=reaching.needs_interpreter,
        wants_private_room=reaching.wants_private_room,
        phone=open_reaching(seal, case.number, "phone", phone),
        email=open_reaching(seal, case.number, "email", email),
        name=open_reaching(seal, case.number, "name", name),
        place=open_reaching(seal, case.number, "place", reaching.place_sealed),
    )


def _list_events(
    session: Session, case: Case, seal: CaseSeal, who: Who, before: int | None
) -> tuple[StaffEvent, ...]:
    """Return a page of what happened to the case and one more, newest first."""
    of_case = CaseEvent.case_id == case.id
    found = of_case if before is None else and_(of_case, CaseEvent.seq < before)
    rows = session.execute(_EVENTS.where(found).limit(MOST_EVENTS + 1))
    return tuple(_for_staff(event, name, case.number, seal, who) for event, name in rows)


def _find_words(
    session: Session, case: Case, seal: CaseSeal, who: Who, shown: Sequence[StaffEvent]
) -> tuple[StaffEvent, ...]:
    """Return what the person wrote, oldest first: their request, and what is among the shown."""
    events = list(reversed(shown))
    if not events or events[0].seq != FIRST:
        is_first = and_(CaseEvent.case_id == case.id, CaseEvent.seq == FIRST)
        rows = session.execute(_EVENTS.where(is_first))
        events[:0] = [_for_staff(event, name, case.number, seal, who) for event, name in rows]
    return tuple(event for event in events if event.text and event.actor in _PERSONS_SIDE)


_PROTECTION: dict[EventKind, type[ProtectionReason | EndReason | GlassReason]] = {
    EventKind.PROTECTED: ProtectionReason,
    EventKind.PROTECTION_ENDED: EndReason,
    EventKind.GLASS_BROKEN: GlassReason,
}

_EVENTS = (
    select(CaseEvent, StaffMember.name)
    .outerjoin(StaffMember, StaffMember.id == CaseEvent.staff_id)
    .order_by(CaseEvent.seq.desc())
)


_ESCALATIONS = (EventKind.ESCALATED, EventKind.CENTRE_ESCALATED)


def _for_staff(
    event: CaseEvent, name: str | None, number: str, seal: CaseSeal, who: Who
) -> StaffEvent:
    """Return one line as this reader sees it; a note kept from them is not even unsealed."""
    detail, kept = event.detail, read_kept(event.detail)
    is_readable = may_read(kept, event.staff_id, who)
    sealed = event.text_sealed if is_readable else None
    is_close = event.kind is EventKind.CLOSED
    is_deadline = event.kind is EventKind.DEADLINE_CHANGED
    return StaffEvent(
        seq=event.seq,
        kind=event.kind,
        at_utc=event.at_utc,
        actor=event.actor,
        staff_id=event.staff_id,
        staff_name=name,
        outcome=ContactOutcome(detail["outcome"]) if "outcome" in detail else None,
        close_reason=CloseReason(detail["reason"]) if is_close else None,
        deadline_reason=DeadlineReason(detail["reason"]) if is_deadline else None,
        deadline_utc=_instant(detail.get("deadline")),
        text=open_event_text(seal, number, event.seq, sealed),
        starts_utc=_instant(detail.get("starts")),
        ends_utc=_instant(detail.get("ends")),
        fallback=Fallback(detail["fallback"]) if "fallback" in detail else None,
        step=EscalationStep(detail["step"]) if event.kind in _ESCALATIONS else None,
        kept=kept,
        is_withheld=not is_readable,
        handover=read_told(event.kind, detail),
        transfer=TransferOutcome(detail["transfer"]) if "transfer" in detail else None,
        protection=_PROTECTION[event.kind](detail["reason"]) if event.kind in _PROTECTION else None,
    )


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
