"""What is done in a person's name: sent, followed up, taken over, ended; and the help counted."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.tokens import LIFETIME as FORM_LIFETIME
from nav_access.intake import person
from nav_access.intake import service as intake
from nav_access.intake.acting import rules
from nav_access.intake.acting.codes import (
    ConsentWay,
    EndedBy,
    HelpKind,
    Lasting,
    Outside,
    Relation,
    Scope,
)
from nav_access.intake.acting.errors import OutsideAgreement
from nav_access.intake.acting.models import Consent
from nav_access.intake.acting.places import find_municipalities
from nav_access.intake.acting.sight import given_of, holds, is_known_to
from nav_access.intake.applications import Application, Receipt, Submission
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import ActorKind, CaseStatus, Channel, EventKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.events import PERSON, Actor, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.staff_queries import allows_acting
from nav_access.partners.queries import get_agency
from nav_access.partners.rules import Membership
from nav_access.staff.rules import Who

_WITHIN = Scope.SEND, Scope.FOLLOW, Scope.MESSAGES, Scope.CALLED


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A person's yes, as a member of an agency recorded it. `told_in`: the language it was in."""

    relation: Relation
    way: ConsentWay
    lasting: Lasting
    told_in: str
    scope: frozenset[Scope] = frozenset()


def submit(
    session: Session,
    member: Membership,
    application: Application,
    consent: NewConsent,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    """Send a request for a person, once, and return its receipt; the key is on the first alone.

    Raises OutsideAgreement, and DistrictNeeded and FormUsed as `intake.service.receive` does.
    """
    covered = _find_covered(session, member, application)
    sent = replace(application, channel=Channel.PARTNER)
    receipt = intake.receive(session, sent, submission, keyring=keyring, now=now)
    if receipt.is_repeat:
        # The code is the person's: the page that gave it to them is not shown again.
        return replace(receipt, key=None)
    _store_consent(session, member, receipt.number, consent, covered, keyring, now)
    return receipt


def add_words(
    session: Session,
    member: Membership,
    number: str,
    message: str,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Send more about a case one acts in; raises CaseNotFound and AlreadyDone."""
    _, consent = _hold(session, member, number, now)
    person.add_information(
        session,
        number,
        message,
        frozenset(),
        submission,
        actor=_actor(member),
        helping={"agency": consent.agency_id},
        keyring=keyring,
        now=now,
    )


def take_over(
    session: Session, member: Membership, number: str, *, keyring: Keyring, now: datetime
) -> None:
    """Act for a person in a colleague's place, with a trace; raises CaseNotFound.

    Whoever acts already stays. Who acted before sees no more than that the agency does.
    """
    case, consent = _hold(session, member, number, now, may_be_colleagues=True)
    before = consent.staff_id
    if before == member.staff_id:
        return
    consent.staff_id = member.staff_id
    session.flush()
    detail = {"agency": member.agency_id, "consent": consent.id, "before": before}
    event = NewEvent(EventKind.ACTING_TAKEN_OVER, _actor(member), detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def note_help(
    session: Session,
    member: Membership,
    number: str,
    kinds: Collection[HelpKind],
    minutes: int,
    form: Submission | None = None,
    *,
    now: datetime,
) -> None:
    """Count an agency's work for a person; raises CaseNotFound.

    One statement adds to what is there, so that two notes at once both count; the same `form`
    sent twice counts once.
    """
    _, consent = _hold(session, member, number, now)
    if form and not limits.take_try(
        session, f"help:{form.once.hex()}", cap=1, window=FORM_LIFETIME, now=now
    ):
        return
    spent = Consent.help_minutes + rules.round_minutes(minutes)
    kept = tuple({*consent.help_kinds, *kinds})
    changed = update(Consent).where(Consent.id == consent.id)
    session.execute(changed.values(help_minutes=spent, help_kinds=kept))
    audit.record(
        session,
        now=now,
        actor=_actor(member).name,
        action="case.help_noted",
        subject=f"case:{number}",
        detail={"consent": consent.id, "minutes": rules.round_minutes(minutes)},
    )


def end_by_person(
    session: Session, number: str, consent_id: int, *, keyring: Keyring, now: datetime
) -> None:
    """End an agency's access at once, as the person asked; a second press changes nothing."""
    case = session.scalar(select(Case).where(Case.number == number).with_for_update())
    if case is None or case.wrapped_key is None or case.status is CaseStatus.WITHDRAWN:
        raise CaseNotFound
    _end(session, case, consent_id, EndedBy.PERSON, PERSON, keyring, now)


def end_by_office(
    session: Session, who: Who, number: str, consent_id: int, *, keyring: Keyring, now: datetime
) -> None:
    """End an agency's access at once, for the office; raises CaseNotFound."""
    wanted = select(Case).where(Case.number == number, allows_acting(who)).with_for_update()
    case = session.scalar(wanted)
    if case is None:
        raise CaseNotFound
    actor = Actor(ActorKind.STAFF, who.staff_id)
    _end(session, case, consent_id, EndedBy.OFFICE, actor, keyring, now)


def end_by_agency(
    session: Session, member: Membership, number: str, *, keyring: Keyring, now: datetime
) -> None:
    """Stop acting for a person; raises CaseNotFound, also the second time."""
    case, consent = _hold(session, member, number, now)
    _end(session, case, consent.id, EndedBy.AGENCY, _actor(member), keyring, now)


def _find_covered(session: Session, member: Membership, application: Application) -> str:
    places = find_municipalities(session, application.place, application.office)
    covered = rules.find_covered(member.terms, places, application.needs)
    if isinstance(covered, Outside):
        raise OutsideAgreement(covered)
    return covered


def _store_consent(
    session: Session,
    member: Membership,
    number: str,
    consent: NewConsent,
    municipality: str,
    keyring: Keyring,
    now: datetime,
) -> None:
    case = session.scalars(select(Case).where(Case.number == number)).one()
    agency = get_agency(session, member.agency_id)
    stored = Consent(
        case_id=case.id,
        agency_id=member.agency_id,
        recorded_by=member.staff_id,
        staff_id=member.staff_id,
        relation=consent.relation,
        way=consent.way,
        told_in=consent.told_in,
        may_follow=Scope.FOLLOW in consent.scope,
        # Nobody is told or rung where there is no address or line.
        gets_messages=Scope.MESSAGES in consent.scope and bool(agency.email),
        is_called=Scope.CALLED in consent.scope and bool(agency.phone),
        municipality=municipality,
        needs=case.needs,
        given_utc=now,
        until_utc=rules.decide_until(consent.lasting, now),
        help_kinds=(),
    )
    session.add(stored)
    session.flush()
    detail: dict[str, Any] = {
        "agency": member.agency_id,
        "consent": stored.id,
        "way": str(consent.way),
        "scope": [str(scope) for scope in _WITHIN if scope in given_of(stored).scope],
        "until": stored.until_utc.isoformat(),
    }
    event = NewEvent(EventKind.CONSENT_GIVEN, _actor(member), detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def _end(
    session: Session,
    case: Case,
    consent_id: int,
    by: EndedBy,
    actor: Actor,
    keyring: Keyring,
    now: datetime,
) -> None:
    """End a consent that is in force, once: of several presses one is the one that did it."""
    is_live = (Consent.id == consent_id, Consent.case_id == case.id, holds(now))
    ended = update(Consent).where(*is_live).values(ended_utc=now, ended_by=by)
    if cast("CursorResult[Any]", session.execute(ended)).rowcount != 1:
        return
    detail = {"consent": consent_id, "by": str(by)}
    event = NewEvent(EventKind.CONSENT_ENDED, actor, detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    # Who was rung in the person's place is so no longer.
    calling.after_change(session, case, keyring=keyring, now=now)


def _hold(
    session: Session,
    member: Membership,
    number: str,
    now: datetime,
    *,
    may_be_colleagues: bool = False,
) -> tuple[Case, Consent]:
    """Return a case and the consent by which the member acts in it, held until the commit."""
    case = session.scalar(select(Case).where(Case.number == number).with_for_update())
    found = select(Consent).join(Case).where(Case.number == number, is_known_to(member, now))
    consent = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    is_theirs = consent is not None and (may_be_colleagues or consent.staff_id == member.staff_id)
    if case is None or consent is None or not is_theirs:
        raise CaseNotFound
    return case, consent


def _actor(member: Membership) -> Actor:
    return Actor(ActorKind.PARTNER, member.staff_id)
