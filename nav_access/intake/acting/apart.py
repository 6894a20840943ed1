"""Nobody stands on both sides of a case: an agency's members and the offices its cases come to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core.clock import to_oslo
from nav_access.core.security.keyring import Keyring
from nav_access.intake.acting.errors import ActsForAgency, MemberWorksThere
from nav_access.offices.codes import OfficeKind
from nav_access.offices.keeping import own
from nav_access.partners import queries as agencies
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.rules import Terms
from nav_access.staff import accounts, members
from nav_access.staff.accounts import Added
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import AdministratorsHaveNoOffice, WorksElsewhere
from nav_access.staff.members import Standing
from nav_access.staff.queries import hold_member
from nav_access.staff.service import Credentials, NewStaff


def add_office_member(
    session: Session,
    office_id: int,
    new: NewStaff,
    standing: Standing,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
) -> Added:
    """Add somebody to an office, as `members.add_member` does; raises ActsForAgency too."""
    added = members.add_member(
        session, office_id, new, standing, actor=actor, keyring=keyring, now=now
    )
    _check_office(session, office_id, added.staff_id, now)
    return added


def add_first_manager(
    session: Session, office_id: int, new: NewStaff, *, actor: str, keyring: Keyring, now: datetime
) -> Added:
    """Give an office a manager, as `members.add_first_manager` does; raises ActsForAgency too."""
    added = members.add_first_manager(
        session, office_id, new, actor=actor, keyring=keyring, now=now
    )
    _check_office(session, office_id, added.staff_id, now)
    return added


def add_agency_member(
    session: Session,
    agency_id: int,
    new: NewStaff,
    role: AgencyRole,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
) -> Added:
    """Let somebody act for an agency, with an account when they have none.

    Raises AgencyNotFound, MemberElsewhere, StaffDisabled, AdministratorsHaveNoOffice, and
    MemberWorksThere for who works at an office that the agency's cases come to.
    """
    added = accounts.find_or_add(session, new, actor=actor, keyring=keyring, now=now)
    if StaffRole.ADMINISTRATOR in added.site_roles:
        raise AdministratorsHaveNoOffice
    partners.add_member(session, agency_id, added.staff_id, role, actor=actor, now=now)
    _check_agency(session, agency_id, [added.staff_id], now)
    return added


def add_agreement(
    session: Session, agency_id: int, terms: Terms, *, actor: str, now: datetime
) -> int:
    """Note what was agreed, as `partners.add_agreement` does; raises MemberWorksThere too."""
    agreement_id = partners.add_agreement(session, agency_id, terms, actor=actor, now=now)
    everybody = [row.staff_id for row in agencies.list_members(session, agency_id, now)]
    _check_agency(session, agency_id, everybody, now)
    return agreement_id


def renew_member(
    session: Session,
    office_id: int,
    staff_id: int,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
    once: bytes | None = None,
) -> Credentials:
    """Give somebody new credentials, as `members.renew_member` does; never who acts elsewhere."""
    given = members.renew_member(
        session, office_id, staff_id, actor=actor, keyring=keyring, now=now, once=once
    )
    if agencies.find_agency_of(session, staff_id, now) is not None:
        raise WorksElsewhere
    return given


def _check_office(session: Session, office_id: int, staff_id: int, now: datetime) -> None:
    agency_id = agencies.find_agency_of(session, staff_id, now)
    if agency_id is None:
        return
    if _takes(session, office_id, _list_municipalities(session, agency_id, now)):
        raise ActsForAgency


def _check_agency(
    session: Session, agency_id: int, staff_ids: Collection[int], now: datetime
) -> None:
    covered = _list_municipalities(session, agency_id, now)
    for staff_id in sorted(staff_ids):
        hold_member(session, staff_id)
        account = accounts.get_account(session, staff_id)
        # An operator works at the contact centre without being of an office.
        is_operator = StaffRole.OPERATOR in account.site_roles and bool(covered)
        if is_operator or any(_takes(session, one, covered) for one, _ in account.offices):
            raise MemberWorksThere


def _list_municipalities(session: Session, agency_id: int, now: datetime) -> frozenset[str]:
    """Return where an agency may act now or later."""
    today = to_oslo(now).date()
    return frozenset().union(
        *(
            one.terms.municipalities
            for one in agencies.list_agreements(session, agency_id)
            if one.terms.ended_utc is None
            and (one.terms.valid_until is None or one.terms.valid_until >= today)
        )
    )


def _takes(session: Session, office_id: int, municipalities: Collection[str]) -> bool:
    """Say whether cases from one of these municipalities come to an office."""
    if not municipalities:
        return False
    if own.get_known_office(session, office_id).kind is OfficeKind.CONTACT_CENTRE:
        return True
    return any(number in municipalities for number, _ in own.list_served(session, office_id))
