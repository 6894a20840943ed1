"""Signing in: counted tries first, slow checks outside any lock, the code used up last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.db import Database
from nav_access.core.limits import fold_address, give_back, private_bucket, take_try
from nav_access.core.references import digits_of
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.passwords import hash_password, is_password, needs_rehash
from nav_access.staff import rules, sessions
from nav_access.staff.errors import CredentialsExpired, SignInPaused, SignInRefused
from nav_access.staff.models import StaffMember
from nav_access.staff.one_time_codes import NOBODYS_SECRET, open_secret
from nav_access.staff.queries import find_member_by_email

EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has begun. The token goes in a cookie and is kept nowhere else.

    One that `is_first` opens nothing before the person has chosen credentials of their own.
    """

    token: str
    staff_id: int
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class _Budget:
    """Which counters a try is taken from."""

    person: str
    address: str
    address_cap: int


@dataclass(frozen=True, slots=True)
class _Claim:
    """What was found out about a try, before anything is written."""

    staff_id: int | None
    old_hash: str
    new_hash: str
    step: int | None
    wrong: str | None
    is_first: bool = False


def sign_in(
    database: Database,
    email: str,
    password: str,
    code: str,
    *,
    address: str,
    keyring: Keyring,
    now: datetime,
    is_shared_address: bool = False,
) -> SignedIn:
    """Sign a person in; raise SignInRefused (one fact for every cause) or SignInPaused.

    CredentialsExpired is told only to whoever has all of what was handed out, too late.

    Takes the database, not a session: a refused try must stay counted and audited, which a
    unit of work that ends in an exception would undo; and the password is checked while no
    lock is held, so that a flood of tries cannot keep others from writing.
    """
    budget = _budget(keyring, email, address, is_shared_address=is_shared_address)
    with database.unit_of_work() as session:
        has_try = _take(session, budget, now)
    if not has_try:
        raise SignInPaused
    with database.read_session() as session:
        member = find_member_by_email(session, email)
    claim = _check(member, password, code, keyring, now)
    with database.unit_of_work() as session:
        signed_in = _finish(session, claim, budget, now)
    if signed_in is None:
        raise CredentialsExpired if claim.wrong == EXPIRED else SignInRefused
    return signed_in


def _budget(keyring: Keyring, email: str, address: str, *, is_shared_address: bool) -> _Budget:
    subscriber = fold_address(address)
    # By address too: nobody can use up the tries a person has from somewhere else.
    person = private_bucket(keyring, "sign-in", rules.normal_email(email), subscriber)
    cap = rules.CAP_SHARED_ADDRESS if is_shared_address else rules.CAP_ADDRESS
    return _Budget(person, private_bucket(keyring, "sign-in-from", subscriber), cap)


def _take(session: Session, budget: _Budget, now: datetime) -> bool:
    caps = ((budget.person, rules.CAP_PERSON), (budget.address, budget.address_cap))
    if all(take_try(session, name, cap=cap, window=rules.WINDOW, now=now) for name, cap in caps):
        return True
    # Once a window: a flood of tries must not become a flood of entries.
    if take_try(session, f"{budget.person}:said", cap=1, window=rules.WINDOW, now=now):
        _note(session, "staff.sign_in_paused", "visitor", "staff:unknown", now)
    return False


def _check(
    member: StaffMember | None, password: str, code: str, keyring: Keyring, now: datetime
) -> _Claim:
    """Find out whether everything is right, doing all of the work whatever is wrong."""
    is_right = is_password(member.password_hash if member else None, password)
    secret = NOBODYS_SECRET
    if member is not None:
        secret = open_secret(keyring, member.id, member.totp_secret_sealed)
    step = rules.find_step(secret, digits_of(code), now)
    if member is None:
        return _Claim(None, "", "", step, "unknown")
    wrong = "password" if not is_right else "code" if step is None else None
    wrong = "disabled" if member.is_disabled else wrong
    until = member.handed_out_until_utc
    if wrong is None and until is not None and until <= now:
        wrong = EXPIRED
    old = new = member.password_hash
    if wrong is None and needs_rehash(old):
        new = hash_password(password)
    return _Claim(member.id, old, new, step, wrong, is_first=until is not None)


def _finish(session: Session, claim: _Claim, budget: _Budget, now: datetime) -> SignedIn | None:
    whose = f"staff:{claim.staff_id or 'unknown'}"
    wrong = claim.wrong
    if claim.staff_id is None or wrong or not _use_up(session, claim):
        _note(session, "staff.sign_in_refused", "visitor", whose, now, wrong or "code_used")
        return None
    give_back(session, budget.person, now=now)
    give_back(session, budget.address, now=now)
    _note(session, "staff.signed_in", whose, whose, now)
    token = sessions.start(session, claim.staff_id, now=now, is_first=claim.is_first)
    return SignedIn(token, claim.staff_id, claim.is_first)


def _use_up(session: Session, claim: _Claim) -> bool:
    """Use the code's time step, if nobody did and nothing changed since it was checked."""
    used = session.execute(
        update(StaffMember)
        .where(
            StaffMember.id == claim.staff_id,
            StaffMember.totp_last_step < claim.step,
            StaffMember.password_hash == claim.old_hash,
            StaffMember.is_disabled.is_(False),
        )
        .values(totp_last_step=claim.step, password_hash=claim.new_hash)
        .returning(StaffMember.id)
    )
    return used.scalar_one_or_none() is not None


def _note(
    session: Session, action: str, actor: str, subject: str, now: datetime, why: str | None = None
) -> None:
    detail = {"why": why} if why else None
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail=detail)
