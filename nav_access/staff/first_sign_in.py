"""The first sign-in: whoever was handed credentials chooses their own, and only then comes in."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import digest

from sqlalchemy import update
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.db import Database
from nav_access.core.references import digits_of
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.passwords import hash_password, is_password
from nav_access.staff import rules, sessions
from nav_access.staff.errors import CodeNotOfKey, NothingToChoose, PasswordHandedOut
from nav_access.staff.models import StaffMember
from nav_access.staff.one_time_codes import seal_secret
from nav_access.staff.signing_in import SignedIn

PURPOSE = "staff-first-secret"
SECRET_BYTES = 20
"""160 bits, as long as the hash a code is made with: 32 letters and digits to type."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody who chooses credentials of their own, and the new key for their device."""

    staff_id: int
    name: str
    email: str
    secret: str
    otpauth_uri: str


def find_choosing(
    session: Session, token: str, *, keyring: Keyring, now: datetime
) -> Choosing | None:
    """Return who chooses in the session of this token, or None.

    Their new key is made from the token: the same however often the page is asked for, kept
    nowhere before a code has shown that they have it, and another in another session.
    """
    member = sessions.find_first(session, token, now)
    if member is None:
        return None
    secret = _secret(keyring, keyring.active_id, token)
    uri = rules.otpauth_uri(secret, member.email)
    return Choosing(member.id, member.name, member.email, secret, uri)


def choose(
    database: Database, token: str, password: str, code: str, *, keyring: Keyring, now: datetime
) -> SignedIn:
    """Give somebody the password they chose and their new key, and sign them in.

    Raises NothingToChoose, PasswordTooShort, PasswordTooPlain, PasswordHandedOut, CodeNotOfKey.
    Takes the database: passwords are hashed while no lock is held.
    """
    with database.read_session() as session:
        member = sessions.find_first(session, token, now)
    if member is None:
        raise NothingToChoose
    rules.check_password(password)
    secret, step = _find_step(keyring, token, code, now)
    if is_password(member.password_hash, password):
        raise PasswordHandedOut
    hashed = hash_password(password)
    with database.unit_of_work() as session:
        chosen = session.execute(
            update(StaffMember)
            .where(
                StaffMember.id == member.id,
                # Not chosen in another window, nor handed out anew, since it was looked at.
                StaffMember.password_hash == member.password_hash,
                StaffMember.is_disabled.is_(False),
            )
            .values(
                password_hash=hashed,
                totp_secret_sealed=seal_secret(keyring, member.id, secret),
                totp_last_step=step,
                handed_out_until_utc=None,
            )
            .returning(StaffMember.id)
            .execution_options(synchronize_session=False)
        )
        if chosen.first() is None:
            raise NothingToChoose
        sessions.end_all(session, member.id, now=now)
        whose = f"staff:{member.id}"
        audit.record(session, now=now, actor=whose, action="staff.chose_own", subject=whose)
        return SignedIn(sessions.start(session, member.id, now=now), member.id)


def _find_step(keyring: Keyring, token: str, code: str, now: datetime) -> tuple[str, int]:
    """Return the key the code is of, and its time step; a root key may have come in between."""
    for key_id in reversed(keyring.ids):
        secret = _secret(keyring, key_id, token)
        step = rules.find_step(secret, digits_of(code), now)
        if step is not None:
            return secret, step
    raise CodeNotOfKey


def _secret(keyring: Keyring, key_id: str, token: str) -> str:
    made = digest(keyring.subkey(PURPOSE, key_id), token.encode(), sha256)
    return b32encode(made[:SECRET_BYTES]).decode()
