"""What is done with agencies: added, agreed with, joined, left; each audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import (
    AgencyChanged,
    AgencyNameTaken,
    AgreementNotFound,
    MemberElsewhere,
    MemberNotFound,
    OrganisationTaken,
)
from nav_access.partners.models import Agency, AgencyMember, Agreement
from nav_access.partners.queries import get_agency
from nav_access.partners.rules import Terms, check_terms


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency to be added; `phone` is its own line, `email` where it takes messages.

    `organisation` is its number in the national register.
    """

    name: str
    phone: str | None = None
    email: str | None = None
    is_sample: bool = False
    organisation: str | None = None


def add_agency(session: Session, new: NewAgency, *, actor: str, now: datetime) -> int:
    """Add an agency and return its id; raise AgencyNameTaken or OrganisationTaken."""
    values = {
        "name": new.name.strip(),
        "phone": new.phone,
        "email": new.email,
        "is_sample": new.is_sample,
        "created_utc": now,
    }
    agency_id = insert_unless_taken(session, Agency, values)
    if agency_id is None:
        raise AgencyNameTaken
    _note(session, "agency.added", agency_id, actor, now)
    if new.organisation:
        set_organisation(session, agency_id, new.organisation, actor=actor, now=now)
    return agency_id


def correct_agency(
    session: Session,
    agency_id: int,
    seen: int,
    name: str,
    phone: str | None,
    email: str | None,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Correct how an agency is named and reached, having seen this edition of it.

    Raises AgencyNotFound, AgencyNameTaken, or AgencyChanged when somebody else was quicker.
    Whoever is rung in a person's place is rung at the new line from now on.
    """
    card, name = get_agency(session, agency_id), name.strip()
    before = {"name": card.name, "phone": card.phone, "email": card.email}
    after = {"name": name, "phone": phone, "email": email}
    changed = {key: True for key in after if after[key] != before[key]}
    if not changed:
        # Saved already, by this form or by somebody who wrote the same.
        return
    taken = select(Agency.id).where(Agency.name == name, Agency.id != agency_id)
    if session.scalars(taken).first() is not None:
        raise AgencyNameTaken
    _correct(session, agency_id, seen, after, AgencyNameTaken)
    _note(session, "agency.corrected", agency_id, actor, now, changed)


def set_organisation(
    session: Session,
    agency_id: int,
    organisation: str | None,
    *,
    actor: str,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Note an agency's organisation number, by which a provider of identities names it.

    Raises AgencyNotFound, OrganisationTaken when another agency has the number, or
    AgencyChanged when it is no longer of the edition that was `seen`.
    """
    card = get_agency(session, agency_id)
    if card.organisation == organisation:
        return
    taken = select(Agency.id).where(Agency.organisation == organisation, Agency.id != agency_id)
    if organisation and session.scalars(taken).first() is not None:
        raise OrganisationTaken
    wanted = {"organisation": organisation}
    _correct(session, agency_id, card.edition if seen is None else seen, wanted, OrganisationTaken)
    _note(session, "agency.organisation_set", agency_id, actor, now)


def _correct(
    session: Session,
    agency_id: int,
    seen: int,
    values: Mapping[str, Any],
    taken: type[Exception],
) -> None:
    """Write what an agency of this edition is now; raise AgencyChanged, or `taken` on a race."""
    statement = (
        update(Agency)
        .where(Agency.id == agency_id, Agency.edition == seen)
        .values(**values, edition=Agency.edition + 1)
        .returning(Agency.id)
        .execution_options(synchronize_session=False)
    )
    try:
        with session.begin_nested():
            is_done = session.execute(statement).first() is not None
    except IntegrityError as error:
        # Another agency got it between the look and the writing.
        raise taken from error
    if not is_done:
        raise AgencyChanged
    session.expire_all()


def add_agreement(
    session: Session, agency_id: int, terms: Terms, *, actor: str, now: datetime
) -> int:
    """Note what was agreed; return the agreement's id.

    Raises AgencyNotFound, NothingCovered or EndsBeforeItBegins.
    """
    check_terms(terms)
    get_agency(session, agency_id)
    agreement = Agreement(
        agency_id=agency_id,
        municipalities=tuple(terms.municipalities),
        needs=tuple(terms.needs),
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        created_utc=now,
    )
    session.add(agreement)
    session.flush()
    _note(session, "agency.agreement_added", agency_id, actor, now, {"agreement": agreement.id})
    return agreement.id


def end_agreement(session: Session, agreement_id: int, *, actor: str, now: datetime) -> None:
    """End an agreement from this instant on; raise AgreementNotFound when it was ended before."""
    agency_id = session.execute(
        update(Agreement)
        .where(Agreement.id == agreement_id, Agreement.ended_utc.is_(None))
        .values(ended_utc=now)
        .returning(Agreement.agency_id)
    ).scalar_one_or_none()
    if agency_id is None:
        raise AgreementNotFound
    _note(session, "agency.agreement_ended", agency_id, actor, now, {"agreement": agreement_id})


def add_member(
    session: Session,
    agency_id: int,
    staff_id: int,
    role: AgencyRole,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Let somebody act for an agency; raise AgencyNotFound or MemberElsewhere.

    A member of this very agency is given the role.
    """
    get_agency(session, agency_id)
    values = {"agency_id": agency_id, "staff_id": staff_id, "role": role, "since_utc": now}
    if insert_unless_taken(session, AgencyMember, values) is None and not _change(
        session, agency_id, staff_id, {"role": role}
    ):
        raise MemberElsewhere
    detail: dict[str, str | int | bool] = {"staff": staff_id, "role": str(role)}
    _note(session, "agency.member_added", agency_id, actor, now, detail)


def end_member(
    session: Session, agency_id: int, staff_id: int, *, actor: str, now: datetime
) -> None:
    """End somebody's work for an agency, from their next request on; raise MemberNotFound."""
    if not _change(session, agency_id, staff_id, {"ended_utc": now}):
        raise MemberNotFound
    _note(session, "agency.member_ended", agency_id, actor, now, {"staff": staff_id})


def _change(session: Session, agency_id: int, staff_id: int, values: Mapping[str, Any]) -> bool:
    """Change a live membership; say whether there was one."""
    statement = (
        update(AgencyMember)
        .where(AgencyMember.agency_id == agency_id, AgencyMember.staff_id == staff_id)
        .where(AgencyMember.ended_utc.is_(None))
        .values(**values)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _note(
    session: Session,
    action: str,
    agency_id: int,
    actor: str,
    now: datetime,
    detail: Mapping[str, str | int | bool] | None = None,
) -> None:
    subject = f"agency:{agency_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail=detail)
