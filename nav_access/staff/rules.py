"""Decisions about staff: how long a session lives, which one-time code fits, who may be what."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp

from nav_access.staff.codes import OFFICE_ROLES, SITE_ROLES, Side, StaffRole
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    PasswordTooPlain,
    PasswordTooShort,
)

IDLE = timedelta(minutes=30)
"""A desk in a reception is left in the middle of a sentence; a phone call lasts as long."""

ABSOLUTE = timedelta(hours=10)
"""One working day, so that everybody signs in anew every morning."""

SEEN_EVERY = timedelta(minutes=1)
"""How often a session's last use is written, so that reading a page seldom writes."""

WINDOW = timedelta(minutes=15)
CAP_PERSON = 10
"""Tries a person has from one address in a window; others' tries elsewhere never count."""
CAP_ADDRESS = 30
"""Tries one address has in a window, over everybody it tries."""
CAP_SHARED_ADDRESS = 300
"""The same for a network that a whole office shares."""

HANDED_OUT = timedelta(days=7)
"""How long credentials that somebody else has seen can be used for a first sign-in."""

LEAST_PASSWORD = 12
LEAST_DIFFERENT = 6
"""Fewer different characters are one thing over and over."""
_ROWS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")

STEP_S = 30
ISSUER = "NAV Access"
FIRST_ISSUER = "NAV Access, first sign-in"
"""What an authenticator app calls the key that is good for the first sign-in alone."""


@dataclass(frozen=True, slots=True)
class AnswersFor:
    """By which cover somebody answers another office's line, and until when the shift lasts."""

    office_name: str
    cover_id: int
    until_utc: datetime


@dataclass(frozen=True, slots=True)
class Who:
    """A signed-in member of staff, as found for one request."""

    staff_id: int
    name: str
    email: str
    office_ids: frozenset[int]
    roles: frozenset[StaffRole]
    managed_office_ids: frozenset[int] = frozenset()
    sides: Mapping[int, Side] = field(default_factory=dict)
    """By office, which side of it they work on."""
    protected_office_ids: frozenset[int] = frozenset()
    """Where they may see cases of persons who are protected."""
    covers: Mapping[int, AnswersFor] = field(default_factory=dict)
    """By office not theirs, the cover by which they open a case of it; see `intake.covering`."""
    at_utc: datetime | None = None
    """The instant they were found at; what is open to them for a while is measured by it."""


def is_live(now: datetime, *, created: datetime, seen: datetime, ended: datetime | None) -> bool:
    """Say whether a session still counts: not ended, not idle, not older than a working day."""
    return ended is None and now - seen < IDLE and now - created < ABSOLUTE


def find_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is, one step either way allowed, or None.

    All three are always compared, so that the time taken says nothing.
    """
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    steps = (current - 1, current, current + 1)
    fits = [compare_digest(totp.generate_otp(step), code) for step in steps]
    return max((step for step, is_fit in zip(steps, fits, strict=True) if is_fit), default=None)


def code_at(secret: str, now: datetime) -> str:
    """Return the one-time code a person's device shows now."""
    return pyotp.TOTP(secret).generate_otp(int(now.timestamp()) // STEP_S)


def otpauth_uri(secret: str, email: str, issuer: str = ISSUER) -> str:
    """Return the address that an authenticator app reads, typed or as a square code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def check_password(password: str) -> None:
    """Raise PasswordTooShort or PasswordTooPlain; of what kind its characters are is free."""
    if len(password) < LEAST_PASSWORD:
        raise PasswordTooShort
    typed = password.casefold()
    is_row = any(typed in row or typed in row[::-1] for row in _ROWS)
    if is_row or len(set(typed)) < LEAST_DIFFERENT:
        raise PasswordTooPlain


def staff_id_of(actor: str) -> int | None:
    """Return the id of the member of staff whom the audit names so; None for a command."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "staff" and number.isdigit() else None


def normal_email(text: str) -> str:
    """Return an e-mail address in the one form it is stored and compared in."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def check_roles(site_roles: Collection[StaffRole], offices: Mapping[int, StaffRole]) -> None:
    """Raise AdministratorsHaveNoOffice when someone would run the site and read its cases.

    A role in the wrong place (a caseworker of the whole site) is a ValueError.
    """
    if not SITE_ROLES.issuperset(site_roles) or not OFFICE_ROLES.issuperset(offices.values()):
        raise ValueError("a role of the wrong kind")
    is_administrator = StaffRole.ADMINISTRATOR in site_roles
    if is_administrator and (offices or len(set(site_roles)) > 1):
        raise AdministratorsHaveNoOffice
