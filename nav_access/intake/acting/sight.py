"""What an agency may see, as conditions for queries: the same algebra as `rules`, in SQL."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, exists, false, or_, select, type_coerce
from sqlalchemy.orm import Session

from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.acting.rules import EVERYWHERE, Given
from nav_access.intake.codes import CaseStatus, Need
from nav_access.intake.doubles import is_as_any_other
from nav_access.intake.models import Case
from nav_access.partners.queries import find_membership
from nav_access.partners.rules import Membership, Terms
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership as OfficeMembership
from nav_access.staff.rules import Who


def find_acting_member(session: Session, who: Who, now: datetime) -> Membership | None:
    """Return for whom somebody signed in may act; never who runs the site, they read no cases."""
    if StaffRole.ADMINISTRATOR in who.roles:
        return None
    return find_membership(session, who.staff_id, now)


def holds(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a consent is in force."""
    return and_(Consent.given_utc <= now, Consent.until_utc > now, Consent.ended_utc.is_(None))


def is_known_to(member: Membership, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a member may know that their agency acts in a case.

    For a statement over consents and cases. At the office that has the case they know it as its
    caseworker, and act on that side alone.
    """
    works_there = exists().where(
        OfficeMembership.staff_id == member.staff_id, OfficeMembership.office_id == Case.office_id
    )
    covered = or_(false(), *(_covers(terms) for terms in member.terms if terms.is_valid(now)))
    of_agency = Consent.agency_id == member.agency_id
    return and_(of_agency, holds(now), covered, is_open_to_agencies(), ~works_there)


def is_open_to_agencies() -> ColumnElement[bool]:
    """Return the condition that a case may have an agency: not taken back, erased or protected.

    One that is protected for its phone alone is as any other to whoever sent it: see `doubles`.
    Of the rest `protected.gate.is_for_everybody` says the same; the gate stands above events,
    and this below them.
    """
    is_there = and_(Case.wrapped_key.is_not(None), Case.status != CaseStatus.WITHDRAWN)
    return and_(is_there, is_as_any_other())


def given_of(consent: Consent) -> Given:
    """Return a consent as rules see it."""
    return Given(
        agency_id=consent.agency_id,
        staff_id=consent.staff_id,
        scope=scope_of(consent),
        municipality=consent.municipality,
        needs=frozenset(consent.needs),
        given_utc=consent.given_utc,
        until_utc=consent.until_utc,
        ended_utc=consent.ended_utc,
    )


def scope_of(consent: Consent) -> frozenset[Scope]:
    """Return what a consent allows; whatever else, the request was sent."""
    optional = {
        Scope.FOLLOW: consent.may_follow,
        Scope.MESSAGES: consent.gets_messages,
        Scope.CALLED: consent.is_called,
    }
    return frozenset({Scope.SEND, *(scope for scope, is_given in optional.items() if is_given)})


def list_consents(session: Session, number: str) -> list[Consent]:
    """Return a case's consents, in force or not, the oldest first."""
    found = select(Consent).join(Case).where(Case.number == number).order_by(Consent.id)
    return list(session.scalars(found))


def _covers(terms: Terms) -> ColumnElement[bool]:
    missing = (need for need in Need if need not in terms.needs | EVERYWHERE)
    lacks = (~_has(need) for need in missing)
    return and_(Consent.municipality.in_(sorted(terms.municipalities)), *lacks)


def _has(need: Need) -> ColumnElement[bool]:
    return type_coerce(Consent.needs, String).contains(need.value, autoescape=True)
