"""What is done with staff: added, given offices, ended, given new credentials."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.passwords import hash_password, new_password
from nav_access.core.security.tokens import LIFETIME as FORM_LIFETIME
from nav_access.staff import identities, rules, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import ChosenSince, EmailTaken, StaffDisabled
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.one_time_codes import seal_secret
from nav_access.staff.queries import get_member
from nav_access.staff.rules import Who
from nav_access.staff.sessions import find_signed_in, recognise, sign_out
from nav_access.staff.signing_in import SignedIn, sign_in

__all__ = [
    "Credentials",
    "NewStaff",
    "SignedIn",
    "Who",
    "add",
    "disable",
    "enable",
    "find_signed_in",
    "join_office",
    "leave_office",
    "recognise",
    "reset",
    "sign_in",
    "sign_out",
]


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A person to be added. `offices` says what they do at which office, by its id."""

    email: str
    name: str
    site_roles: frozenset[StaffRole] = frozenset()
    offices: Mapping[int, StaffRole] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person signs in with the first time, to choose their own: somebody else saw these.

    Shown once; only a hash and a sealed secret are kept.
    """

    staff_id: int
    password: str
    totp_secret: str
    otpauth_uri: str
    until_utc: datetime


def add(
    session: Session, new: NewStaff, *, actor: str, keyring: Keyring, now: datetime
) -> Credentials:
    """Add a person; raise EmailTaken or AdministratorsHaveNoOffice."""
    rules.check_roles(new.site_roles, new.offices)
    email = rules.normal_email(new.email)
    values = {
        "email": email,
        "name": new.name.strip(),
        "site_roles": tuple(new.site_roles),
        "password_hash": "",
        "totp_secret_sealed": b"",
        "totp_last_step": 0,
        "is_disabled": False,
        "created_utc": now,
    }
    staff_id = insert_unless_taken(session, StaffMember, values)
    if staff_id is None:
        raise EmailTaken
    for office_id, role in new.offices.items():
        session.add(Membership(staff_id=staff_id, office_id=office_id, role=role))
    session.flush()
    _note(session, "staff.added", actor, staff_id, now)
    return _give_credentials(session, get_member(session, staff_id), keyring, now)


def join_office(
    session: Session, staff_id: int, office_id: int, role: StaffRole, *, actor: str, now: datetime
) -> None:
    """Give a person a role at an office, in the place of the one they had there."""
    member = get_member(session, staff_id)
    rules.check_roles(frozenset(map(StaffRole, member.site_roles)), {office_id: role})
    held = _find_membership(member, office_id)
    if held is None:
        member.memberships.append(Membership(office_id=office_id, role=role))
    else:
        held.role = role
    session.flush()
    _note(session, "staff.joined_office", actor, staff_id, now, {"office": office_id, "role": role})


def leave_office(
    session: Session, staff_id: int, office_id: int, *, actor: str, now: datetime
) -> None:
    """End a person's work at an office, from their next request on."""
    held = _find_membership(get_member(session, staff_id), office_id)
    if held is not None:
        session.delete(held)
        session.flush()
        _note(session, "staff.left_office", actor, staff_id, now, {"office": office_id})


def disable(session: Session, staff_id: int, *, actor: str, now: datetime) -> None:
    """End a person's access, open sessions included."""
    get_member(session, staff_id).is_disabled = True
    sessions.end_all(session, staff_id, now=now)
    session.flush()
    _note(session, "staff.disabled", actor, staff_id, now)


def enable(session: Session, staff_id: int, *, actor: str, now: datetime) -> None:
    """Open a person's access again; what they sign in with is as it was."""
    member = get_member(session, staff_id)
    if member.is_disabled:
        member.is_disabled = False
        session.flush()
        _note(session, "staff.enabled", actor, staff_id, now)


def reset(
    session: Session,
    staff_id: int,
    *,
    actor: str,
    keyring: Keyring,
    now: datetime,
    may_enable: bool = False,
    once: bytes | None = None,
) -> Credentials:
    """Give a person new credentials and end their sessions.

    Raises StaffDisabled for someone whose access was ended, unless `may_enable`. The same form
    again, named by `once`, gives others, for an answer that was lost; ChosenSince where the
    person has chosen their own by then: a page that is loaded again must not lock them out.
    """
    member = get_member(session, staff_id)
    if once and not _is_first(session, once, now) and member.handed_out_until_utc is None:
        raise ChosenSince
    if member.is_disabled and not may_enable:
        raise StaffDisabled
    member.is_disabled = False
    sessions.end_all(session, staff_id, now=now)
    # Whoever a provider vouched for is found anew by e-mail.
    identities.forget(session, staff_id)
    _note(session, "staff.reset", actor, staff_id, now)
    return _give_credentials(session, member, keyring, now)


def _is_first(session: Session, once: bytes, now: datetime) -> bool:
    name = f"reset:{once.hex()}"
    return limits.take_try(session, name, cap=1, window=FORM_LIFETIME, now=now)


def _give_credentials(
    session: Session, member: StaffMember, keyring: Keyring, now: datetime
) -> Credentials:
    password, secret = new_password(), pyotp.random_base32()
    member.password_hash = hash_password(password)
    member.totp_secret_sealed = seal_secret(keyring, member.id, secret)
    # A new secret has no used codes.
    member.totp_last_step = 0
    until = member.handed_out_until_utc = now + rules.HANDED_OUT
    session.flush()
    uri = rules.otpauth_uri(secret, member.email, rules.FIRST_ISSUER)
    return Credentials(member.id, password, secret, uri, until)


def _find_membership(member: StaffMember, office_id: int) -> Membership | None:
    return next((held for held in member.memberships if held.office_id == office_id), None)


def _note(
    session: Session,
    action: str,
    actor: str,
    staff_id: int,
    now: datetime,
    detail: Mapping[str, str | int | bool] | None = None,
) -> None:
    audit.record(
        session, now=now, actor=actor, action=action, subject=f"staff:{staff_id}", detail=detail
    )
