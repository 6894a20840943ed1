"""Reading what an agency may see: its cases, one case, and who helps a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import BookedTime, find_open_booking
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake.acting.codes import ConsentWay, HelpKind, Relation, Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.acting.rules import Sight, what_may_be_seen
from nav_access.intake.acting.sight import given_of, holds, is_known_to, is_open_to_agencies
from nav_access.intake.codes import ActorKind, CaseStatus, ContactOutcome, EventKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.queries import NextCall, PersonCase, get_person_case
from nav_access.intake.sealing import open_event_text, open_reaching, open_seal
from nav_access.partners.models import Agency
from nav_access.partners.queries import find_membership
from nav_access.partners.rules import Membership
from nav_access.staff.models import StaffMember

PAGE = 25
MOST_TRIES = 20
CLOSED_SHOWN = timedelta(days=30)
"""How long a case that was closed stands on the agency's first page."""


@dataclass(frozen=True, slots=True)
class ActingRow:
    """A case in an agency's list. `status` and `deadline_utc` only for who may follow it."""

    consent_id: int
    number: str
    given_utc: datetime
    until_utc: datetime
    staff_id: int
    staff_name: str
    is_mine: bool
    status: CaseStatus | None
    deadline_utc: datetime | None


@dataclass(frozen=True, slots=True)
class ActingPage:
    """A stretch of an agency's list; `next_before` asks for the older ones."""

    rows: tuple[ActingRow, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt to reach the person."""

    at_utc: datetime
    outcome: ContactOutcome


@dataclass(frozen=True, slots=True)
class Followed:
    """How a case stands, for somebody who may follow it; nothing staff wrote, and no others' words.

    `tries` are those since the consent, newest first; `sent` what the agency itself sent.
    """

    status: CaseStatus
    deadline_utc: datetime
    answered_utc: datetime | None
    office_id: int
    next_call: NextCall | None
    meeting: BookedTime | None
    call: BookedTime | None
    tries: tuple[Try, ...]
    sent: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActingCase:
    """A case as a member sees it. Only who acts for the person has `name` and `followed`."""

    consent_id: int
    number: str
    sight: Sight
    staff_id: int
    staff_name: str
    given_utc: datetime
    until_utc: datetime
    name: str | None
    followed: Followed | None
    help_kinds: tuple[HelpKind, ...]
    help_minutes: int


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who helps a person in a case, as the person and the office see it."""

    consent_id: int
    agency: str
    phone: str | None
    staff_name: str
    scope: frozenset[Scope]
    until_utc: datetime
    relation: Relation
    way: ConsentWay
    told_in: str
    recorded_by: str
    given_utc: datetime


def list_cases(
    session: Session, member: Membership, *, before: int | None = None, now: datetime
) -> ActingPage:
    """Return the open cases of a member's agency, the newest first; `before`: a page's end.

    Whether a case is closed is for those alone who may follow it.
    """
    is_open = or_(Consent.may_follow.is_(False), Case.status != CaseStatus.CLOSED)
    found = (
        select(Consent, Case, StaffMember.name)
        .join(Case, Case.id == Consent.case_id)
        .join(StaffMember, StaffMember.id == Consent.staff_id)
        .where(is_known_to(member, now), or_(is_open, Consent.staff_id != member.staff_id))
        .order_by(Consent.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        found = found.where(Consent.id < before)
    rows = [_row(*each, member) for each in session.execute(found).all()]
    has_more = len(rows) > PAGE
    return ActingPage(tuple(rows[:PAGE]), rows[PAGE - 1].consent_id if has_more else None)


def list_closed(session: Session, member: Membership, *, now: datetime) -> tuple[ActingRow, ...]:
    """Return the cases closed lately that a member may follow, the newest first.

    Only while the consent holds: after it, nothing; and for nobody's colleagues.
    """
    closed = exists().where(
        CaseEvent.case_id == Case.id,
        CaseEvent.kind == EventKind.CLOSED,
        CaseEvent.at_utc > now - CLOSED_SHOWN,
    )
    found = (
        select(Consent, Case, StaffMember.name)
        .join(Case, Case.id == Consent.case_id)
        .join(StaffMember, StaffMember.id == Consent.staff_id)
        .where(is_known_to(member, now), Consent.staff_id == member.staff_id)
        .where(Consent.may_follow.is_(True), Case.status == CaseStatus.CLOSED, closed)
        .order_by(Consent.id.desc())
        .limit(PAGE)
    )
    return tuple(_row(*each, member) for each in session.execute(found).all())


def get_case(
    session: Session, member: Membership, number: str, *, keyring: Keyring, now: datetime
) -> ActingCase:
    """Return what a member may see of a case, opened; else CaseNotFound.

    Unknown, another agency's, ended, run out, taken back and erased are one answer. Whoever
    shows it to a person calls `open_case`, which also logs the read.
    """
    found = (
        select(Consent, Case, Reaching, StaffMember.name)
        .join(Case, Case.id == Consent.case_id)
        .join(Reaching, Reaching.case_id == Case.id)
        .join(StaffMember, StaffMember.id == Consent.staff_id)
        .where(Case.number == number, is_known_to(member, now))
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise CaseNotFound
    consent, case, reaching, staff_name = row
    sight = what_may_be_seen([given_of(consent)], member.terms, member, now)
    seal = open_seal(keyring, case)
    name = open_reaching(seal, number, "name", reaching.name_sealed)
    may_follow = Scope.FOLLOW in sight.scope
    followed = _follow(session, consent, case, seal, keyring, now) if may_follow else None
    return ActingCase(
        consent_id=consent.id,
        number=number,
        sight=sight,
        staff_id=consent.staff_id,
        staff_name=staff_name,
        given_utc=consent.given_utc,
        until_utc=consent.until_utc,
        name=name if sight.scope else None,
        followed=followed,
        help_kinds=tuple(HelpKind(kind) for kind in consent.help_kinds),
        help_minutes=consent.help_minutes,
    )


def open_case(
    session: Session, member: Membership, number: str, *, keyring: Keyring, now: datetime
) -> ActingCase:
    """Return a case for showing it to a member, and log that it was read; raises CaseNotFound."""
    case = get_case(session, member, number, keyring=keyring, now=now)
    audit.record(
        session,
        now=now,
        actor=f"{ActorKind.PARTNER}:{member.staff_id}",
        action="case.read",
        subject=f"case:{number}",
        detail={"agency": member.agency_id, "consent": case.consent_id},
    )
    return case


def list_helpers(session: Session, number: str, now: datetime) -> tuple[Helper, ...]:
    """Return who may help in a case now, the first first; the reader may know of the case.

    A consent may be in force while nobody acts by it, because its member left, an agreement ended
    or the case is protected: `scope` is what can happen now, nothing then.
    """
    recorder = aliased(StaffMember)
    found = (
        select(Consent, Agency, StaffMember.name, recorder.name, is_open_to_agencies())
        .join(Case, Case.id == Consent.case_id)
        .join(Agency, Agency.id == Consent.agency_id)
        .join(StaffMember, StaffMember.id == Consent.staff_id)
        .join(recorder, recorder.id == Consent.recorded_by)
        .where(Case.number == number, holds(now))
        .order_by(Consent.id)
    )
    return tuple(_helper(session, *row, now) for row in session.execute(found).all())


def count_open_cases(session: Session, agency_id: int, now: datetime) -> int:
    """Return in how many open cases an agency acts: what ending its agreement would cut off.

    In a protected person's they do not, and nobody who reads this number is to know of it.
    """
    is_open = and_(Case.status != CaseStatus.CLOSED, is_open_to_agencies())
    found = select(func.count()).select_from(Consent).join(Case, Case.id == Consent.case_id)
    return session.scalars(found.where(Consent.agency_id == agency_id, holds(now), is_open)).one()


def _helper(
    session: Session,
    consent: Consent,
    agency: Agency,
    staff_name: str,
    recorded_by: str,
    is_open: bool,
    now: datetime,
) -> Helper:
    member = find_membership(session, consent.staff_id, now) if is_open else None
    terms = member.terms if member else ()
    return Helper(
        consent_id=consent.id,
        agency=agency.name,
        phone=agency.phone,
        staff_name=staff_name,
        scope=what_may_be_seen([given_of(consent)], terms, member, now).scope,
        until_utc=consent.until_utc,
        relation=consent.relation,
        way=consent.way,
        told_in=consent.told_in,
        recorded_by=recorded_by,
        given_utc=consent.given_utc,
    )


def _row(consent: Consent, case: Case, staff_name: str, member: Membership) -> ActingRow:
    is_mine = consent.staff_id == member.staff_id
    may_follow = is_mine and consent.may_follow
    return ActingRow(
        consent_id=consent.id,
        number=case.number,
        given_utc=consent.given_utc,
        until_utc=consent.until_utc,
        staff_id=consent.staff_id,
        staff_name=staff_name,
        is_mine=is_mine,
        status=case.status if may_follow else None,
        deadline_utc=case.deadline_utc if may_follow else None,
    )


def _follow(
    session: Session,
    consent: Consent,
    case: Case,
    seal: CaseSeal,
    keyring: Keyring,
    now: datetime,
) -> Followed:
    person: PersonCase = get_person_case(session, case.number, keyring=keyring, now=now)
    return Followed(
        status=person.status,
        deadline_utc=person.deadline_utc,
        answered_utc=person.answered_utc,
        office_id=person.office_id,
        next_call=person.next_call,
        meeting=find_open_booking(session, case.id, Purpose.MEETING, now=now),
        call=find_open_booking(session, case.id, Purpose.CALLBACK, now=now),
        tries=_list_tries(session, consent),
        sent=_list_sent(session, consent, case, seal),
        needs=consent.needs,
    )


def _list_tries(session: Session, consent: Consent) -> tuple[Try, ...]:
    """Return the attempts since the consent was given, newest first."""
    found = (
        select(CaseEvent)
        .where(CaseEvent.case_id == consent.case_id, CaseEvent.at_utc >= consent.given_utc)
        .where(CaseEvent.kind == EventKind.CONTACT_LOGGED)
        .order_by(CaseEvent.seq.desc())
        .limit(MOST_TRIES)
    )
    return tuple(
        Try(event.at_utc, ContactOutcome(event.detail["outcome"]))
        for event in session.scalars(found)
    )


def _list_sent(session: Session, consent: Consent, case: Case, seal: CaseSeal) -> tuple[str, ...]:
    """Return what the agency itself wrote in this case, oldest first."""
    is_first = and_(CaseEvent.kind == EventKind.RECEIVED, CaseEvent.at_utc == consent.given_utc)
    by_agency = and_(CaseEvent.actor == ActorKind.PARTNER, CaseEvent.at_utc >= consent.given_utc)
    found = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, or_(is_first, by_agency))
        .where(CaseEvent.text_sealed.is_not(None))
        .order_by(CaseEvent.seq)
    )
    events = [e for e in session.scalars(found) if _is_theirs(e, consent)]
    opened = (open_event_text(seal, case.number, e.seq, e.text_sealed) for e in events)
    return tuple(text for text in opened if text)


def _is_theirs(event: CaseEvent, consent: Consent) -> bool:
    return event.kind is EventKind.RECEIVED or event.detail.get("agency") == consent.agency_id
