"""Reading about agencies: who may act for one now, and what is agreed with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import AgencyNotFound
from nav_access.partners.models import Agency, AgencyMember, Agreement
from nav_access.partners.rules import Membership, Terms


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency as it is named to others."""

    id: int
    name: str
    phone: str | None
    email: str | None
    is_sample: bool
    organisation: str | None = None
    edition: int = 1


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who works for an agency."""

    staff_id: int
    role: AgencyRole
    since_utc: datetime


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement with its id, for whoever looks after agreements."""

    id: int
    agency_id: int
    terms: Terms


def find_membership(session: Session, staff_id: int, now: datetime) -> Membership | None:
    """Return whom somebody may act for now; None without a live membership and agreement."""
    found = (
        select(AgencyMember, Agency.name, Agreement)
        .join(Agency, Agency.id == AgencyMember.agency_id)
        .join(Agreement, and_(Agreement.agency_id == Agency.id, _is_valid(now)))
        .where(AgencyMember.staff_id == staff_id, _is_member(now))
        .order_by(Agreement.id)
    )
    rows = session.execute(found).all()
    if not rows:
        return None
    member, name, _ = rows[0]
    terms = tuple(terms_of(row[2]) for row in rows)
    return Membership(staff_id, member.agency_id, name, member.role, terms)


def find_agency_of(session: Session, staff_id: int, now: datetime) -> int | None:
    """Return the agency somebody works for now, whatever is agreed with it; None without."""
    found = select(AgencyMember.agency_id).where(AgencyMember.staff_id == staff_id, _is_member(now))
    return session.scalars(found).one_or_none()


def is_of_organisation(session: Session, staff_id: int, organisation: str, now: datetime) -> bool:
    """Say whether somebody works now for the agency with this organisation number."""
    found = (
        select(AgencyMember.id)
        .join(Agency, Agency.id == AgencyMember.agency_id)
        .where(AgencyMember.staff_id == staff_id, _is_member(now))
        .where(Agency.organisation == organisation)
    )
    return session.scalars(found).first() is not None


def get_agency(session: Session, agency_id: int) -> AgencyCard:
    """Return an agency; raise AgencyNotFound."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise AgencyNotFound
    return _card(agency)


def find_agency_by_name(session: Session, name: str) -> AgencyCard | None:
    """Return the agency of this name, or None."""
    agency = session.scalars(select(Agency).where(Agency.name == name)).one_or_none()
    return _card(agency) if agency else None


def list_agencies(session: Session) -> list[AgencyCard]:
    """Return every agency, by name."""
    return [_card(agency) for agency in session.scalars(select(Agency).order_by(Agency.name))]


def list_members(session: Session, agency_id: int, now: datetime) -> list[MemberRow]:
    """Return those who work for an agency now, first come first."""
    found = (
        select(AgencyMember)
        .where(AgencyMember.agency_id == agency_id, _is_member(now))
        .order_by(AgencyMember.since_utc, AgencyMember.id)
    )
    return [MemberRow(row.staff_id, row.role, row.since_utc) for row in session.scalars(found)]


def list_agreements(session: Session, agency_id: int) -> list[AgreementRow]:
    """Return what was ever agreed with an agency, the newest first."""
    found = (
        select(Agreement)
        .where(Agreement.agency_id == agency_id)
        .order_by(Agreement.valid_from.desc(), Agreement.id.desc())
    )
    return [AgreementRow(row.id, row.agency_id, terms_of(row)) for row in session.scalars(found)]


def terms_of(agreement: Agreement) -> Terms:
    """Return what an agreement says."""
    return Terms(
        municipalities=frozenset(agreement.municipalities),
        needs=frozenset(agreement.needs),
        valid_from=agreement.valid_from,
        valid_until=agreement.valid_until,
        ended_utc=agreement.ended_utc,
    )


def _card(agency: Agency) -> AgencyCard:
    return AgencyCard(
        id=agency.id,
        name=agency.name,
        phone=agency.phone,
        email=agency.email,
        is_sample=agency.is_sample,
        organisation=agency.organisation,
        edition=agency.edition,
    )


def _is_member(now: datetime) -> ColumnElement[bool]:
    is_over = and_(AgencyMember.ended_utc.is_not(None), AgencyMember.ended_utc <= now)
    return and_(AgencyMember.since_utc <= now, ~is_over)


def _is_valid(now: datetime) -> ColumnElement[bool]:
    day = to_oslo(now).date()
    return and_(
        Agreement.valid_from <= day,
        or_(Agreement.valid_until.is_(None), Agreement.valid_until >= day),
        or_(Agreement.ended_utc.is_(None), Agreement.ended_utc > now),
    )
