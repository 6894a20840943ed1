"""Made-up agencies, which help with everything in every sample municipality."""

from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.intake.codes import Need
from nav_access.offices.queries import list_municipalities
from nav_access.partners import service
from nav_access.partners.codes import AgencyRole
from nav_access.partners.queries import find_agency_by_name
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency

PHONE = "+4722000060"
"""Rung instead of a person who wants it so; nobody has this number."""
_ACTOR = "cli"


def join_sample_agency(session: Session, staff_id: int, name: str, *, now: datetime) -> None:
    """Let somebody act for the agency of this name, which is added when it is not there."""
    found = find_agency_by_name(session, name)
    agency_id = found.id if found else _add_agency(session, name, now)
    service.add_member(session, agency_id, staff_id, AgencyRole.LEADER, actor=_ACTOR, now=now)


def _add_agency(session: Session, name: str, now: datetime) -> int:
    address = name.casefold().replace(" ", "-").encode("ascii", "ignore").decode()
    new = NewAgency(name, PHONE, f"{address}@sample.example", is_sample=True)
    agency_id = service.add_agency(session, new, actor=_ACTOR, now=now)
    covered = frozenset(each.number for each in list_municipalities(session))
    terms = Terms(covered, frozenset(Need), to_oslo(now).date())
    service.add_agreement(session, agency_id, terms, actor=_ACTOR, now=now)
    return agency_id
