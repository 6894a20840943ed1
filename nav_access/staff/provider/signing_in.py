"""Signing in on a provider's word: the try counted, the person found, the organisation theirs."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.db import Database
from nav_access.core.limits import fold_address, give_back, private_bucket, take_try
from nav_access.core.security.keyring import Keyring
from nav_access.staff import identities, rules, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import SignInPaused
from nav_access.staff.provider.errors import IdentityRefused, Why
from nav_access.staff.provider.rules import Identity
from nav_access.staff.signing_in import SignedIn

IsTheirs = Callable[[Session, int, str], bool]
"""Says whether the organisation with this number is the person's, at the door they came to."""


def sign_in(
    database: Database,
    ask: Callable[[], Identity],
    is_theirs: IsTheirs,
    *,
    address: str,
    keyring: Keyring,
    now: datetime,
    is_shared_address: bool = False,
) -> SignedIn:
    """Sign in whom `ask` vouches for; raise IdentityRefused, SignInPaused, or what `ask` raises.

    The provider is asked while no transaction is open; a refusal is kept in the audit.
    """
    bucket = private_bucket(keyring, "sign-in-provider", fold_address(address))
    cap = rules.CAP_SHARED_ADDRESS if is_shared_address else rules.CAP_ADDRESS
    with database.unit_of_work() as session:
        has_try = take_try(session, bucket, cap=cap, window=rules.WINDOW, now=now)
    if not has_try:
        raise SignInPaused
    try:
        identity = ask()
        with database.unit_of_work() as session:
            signed_in = _begin(session, identity, is_theirs, now)
            give_back(session, bucket, now=now)
    except IdentityRefused as fact:
        with database.unit_of_work() as session:
            _note(session, "staff.sign_in_refused", "visitor", "staff:unknown", now, fact.why)
        raise
    return signed_in


def _begin(session: Session, identity: Identity, is_theirs: IsTheirs, now: datetime) -> SignedIn:
    member = identities.find_person(session, identity)
    if StaffRole.ADMINISTRATOR in member.site_roles:
        # Who runs the site leans on nobody outside it.
        raise IdentityRefused(Why.ADMINISTRATOR)
    if identity.organisation is None or not is_theirs(session, member.id, identity.organisation):
        raise IdentityRefused(Why.ORGANISATION)
    identities.link(session, member.id, identity, now=now)
    whose = f"staff:{member.id}"
    _note(session, "staff.signed_in", whose, whose, now, "provider")
    token = sessions.start(session, member.id, now=now, is_by_provider=True)
    return SignedIn(token, member.id)


def _note(session: Session, action: str, actor: str, subject: str, now: datetime, why: str) -> None:
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail={"why": why})
