"""How an agency is reached in a person's place: only while everything allows it at this instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.acting.rules import what_may_be_seen
from nav_access.intake.acting.sight import given_of, holds, is_open_to_agencies
from nav_access.intake.codes import EventKind, Reach
from nav_access.intake.models import Case, CaseEvent
from nav_access.partners.models import Agency
from nav_access.partners.queries import find_membership
from nav_access.staff.models import StaffMember

REACHED_ANEW = "reached_anew"
"""In an event's detail: from here on the person's own wishes count in an agency's place."""

_TELLING = (EventKind.CONTACT_CHANGED, EventKind.CONTACT_LOGGED)


@dataclass(frozen=True, slots=True)
class HelperLine:
    """Whom the office rings in a person's place."""

    agency: str
    phone: str
    staff_name: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where an agency is told that there is news in a case."""

    consent_id: int
    email: str


def find_line(session: Session, case_id: int, now: datetime) -> HelperLine | None:
    """Return the line to ring instead of the person, None when the person is rung."""
    for consent, agency in _live(session, Scope.CALLED, now, Consent.case_id == case_id):
        if agency.phone:
            return HelperLine(agency.name, agency.phone, _name(session, consent.staff_id))
    return None


def find_line_of(session: Session, number: str, now: datetime) -> HelperLine | None:
    """Return the line to ring in a case whose number the reader may know."""
    case_id = session.scalar(select(Case.id).where(Case.number == number))
    return find_line(session, case_id, now) if case_id is not None else None


def has_line_ended(session: Session, case_id: int, now: datetime) -> bool:
    """Say whether an agency was to be rung, is not any more, and the person has said nothing else.

    However it ended: by anybody, by time, with a membership, an agreement, or a protected case.
    What they say themselves counts: since it ended, or a phone of their own to be rung at before.
    """
    newest = session.scalar(
        select(Consent.given_utc)
        .where(Consent.case_id == case_id, Consent.is_called, Consent.given_utc <= now)
        .order_by(Consent.given_utc.desc())
        .limit(1)
    )
    if newest is None or find_line(session, case_id, now) is not None:
        return False
    said = session.execute(
        select(CaseEvent.kind, CaseEvent.detail).where(
            CaseEvent.case_id == case_id,
            CaseEvent.kind.in_(_TELLING),
            CaseEvent.at_utc >= newest,
            CaseEvent.at_utc <= now,
        )
    )
    return not any(_is_own_word(*row) for row in said)


def _is_own_word(kind: EventKind, detail: Mapping[str, Any]) -> bool:
    """Say whether the person lets themselves be rung, whatever becomes of the agency."""
    gave_phone = detail.get("reach") == Reach.CALL and detail.get("phone") == "new"
    return REACHED_ANEW in detail or (kind is EventKind.CONTACT_CHANGED and gave_phone)


def list_mailboxes(session: Session, case_id: int, now: datetime) -> tuple[Mailbox, ...]:
    """Return where agencies are told of a case now."""
    found = _live(session, Scope.MESSAGES, now, Consent.case_id == case_id)
    return tuple(Mailbox(each.id, agency.email) for each, agency in found if agency.email)


def find_mailbox(session: Session, consent_id: int, now: datetime) -> str | None:
    """Return the address a consent allows to write to at this instant, or None."""
    found = _live(session, Scope.MESSAGES, now, Consent.id == consent_id)
    return next((agency.email for _, agency in found), None)


def _live(
    session: Session, scope: Scope, now: datetime, which: ColumnElement[bool]
) -> Iterator[tuple[Consent, Agency]]:
    """Yield consents by which somebody at an agency may be reached so at this instant."""
    found = (
        select(Consent, Agency)
        .join(Agency, Agency.id == Consent.agency_id)
        .join(Case, Case.id == Consent.case_id)
        .where(which, holds(now), is_open_to_agencies())
        .order_by(Consent.id)
    )
    for consent, agency in session.execute(found).all():
        member = find_membership(session, consent.staff_id, now)
        terms = member.terms if member else ()
        if scope in what_may_be_seen([given_of(consent)], terms, member, now).scope:
            yield consent, agency


def _name(session: Session, staff_id: int) -> str:
    return session.scalars(select(StaffMember.name).where(StaffMember.id == staff_id)).one()
