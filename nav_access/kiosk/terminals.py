"""Terminals: made by staff, registered once with a code, known by a secret, ended for good."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.kiosk.errors import BadCode, NameTaken
from nav_access.kiosk.models import Terminal
from nav_access.offices.models import Office

CODE_LIFETIME = timedelta(hours=1)
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look alike: the code is read off one screen and typed at another."""
CODE_LENGTH = 12
TRIES = 20
WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AtTerminal:
    """A registered terminal, as found for one request."""

    id: int
    office_id: int
    slug: str
    visit: str
    kept_token: str | None


@dataclass(frozen=True, slots=True)
class Registered:
    """What a terminal has from now on: the office it stands in, and its secret, told once."""

    slug: str
    secret: str


def add_terminal(session: Session, office_id: int, name: str, *, actor: str, now: datetime) -> str:
    """Add a terminal and return its one-time code, good for an hour; raises NameTaken.

    One of the same name whose code nobody typed in time makes room for it.
    """
    for late in _list_late(session, office_id, name, now):
        revoke(session, office_id, late, actor=actor, now=now)
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    values = {
        "office_id": office_id,
        "name": name,
        "code_digest": _digest_code(code),
        "code_until_utc": now + CODE_LIFETIME,
        "visit": new_visit(),
        "created_utc": now,
    }
    terminal_id = insert_unless_taken(session, Terminal, values)
    if terminal_id is None:
        raise NameTaken
    _note(session, "added", terminal_id, office_id, actor, now)
    return code


def register(session: Session, code: str, *, now: datetime) -> Registered:
    """Let the terminal that has this code be known by a secret from now on; raises BadCode.

    One conditional UPDATE: a code is good once, however many type it.
    """
    secret = secrets.token_urlsafe(32)
    done = session.execute(
        update(Terminal)
        .where(
            Terminal.code_digest == _digest_code(_tidy(code)),
            Terminal.code_until_utc > now,
            Terminal.revoked_utc.is_(None),
        )
        .values(
            code_digest=None,
            code_until_utc=None,
            secret_digest=_digest(secret),
            registered_utc=now,
            visit=new_visit(),
        )
        .returning(Terminal.id, Terminal.office_id)
        .execution_options(synchronize_session=False)
    ).first()
    if done is None:
        raise BadCode
    _note(session, "registered", done.id, done.office_id, f"terminal:{done.id}", now)
    return Registered(session.get_one(Office, done.office_id).slug, secret)


def may_try(session: Session, address: str, *, keyring: Keyring, now: datetime) -> bool:
    """Take one of the tries an address has at registration codes."""
    return limits.take_try(session, _bucket(address, keyring), cap=TRIES, window=WINDOW, now=now)


def give_back(session: Session, address: str, *, keyring: Keyring, now: datetime) -> None:
    """Hand back the try of a code that was right."""
    limits.give_back(session, _bucket(address, keyring), now=now)


def _bucket(address: str, keyring: Keyring) -> str:
    return limits.private_bucket(keyring, "terminal", limits.fold_address(address))


def revoke(
    session: Session, office_id: int, terminal_id: int, *, actor: str, now: datetime
) -> None:
    """End a terminal of the office; ended already, or another's, is nothing to do."""
    ended = session.execute(
        update(Terminal)
        .where(
            Terminal.id == terminal_id,
            Terminal.office_id == office_id,
            Terminal.revoked_utc.is_(None),
        )
        .values(
            revoked_utc=now,
            name=Terminal.name + f" ({terminal_id})",
            code_digest=None,
            secret_digest=None,
            kept_token=None,
            visit=new_visit(),
        )
        .returning(Terminal.id)
        .execution_options(synchronize_session=False)
    )
    if ended.first() is not None:
        _note(session, "revoked", terminal_id, office_id, actor, now)


def list_terminals(session: Session, office_id: int, now: datetime) -> tuple[Terminal, ...]:
    """Return an office's terminals by name: neither ended, nor left with a code out of time."""
    found = select(Terminal).where(
        Terminal.office_id == office_id,
        Terminal.revoked_utc.is_(None),
        or_(Terminal.registered_utc.is_not(None), Terminal.code_until_utc > now),
    )
    return tuple(session.scalars(found.order_by(Terminal.name, Terminal.id)))


def _list_late(session: Session, office_id: int, name: str, now: datetime) -> list[int]:
    found = select(Terminal.id).where(
        Terminal.office_id == office_id, Terminal.name == name, Terminal.code_until_utc <= now
    )
    return list(session.scalars(found))


def find_terminal(session: Session, slug: str, secret: str) -> AtTerminal | None:
    """Return the terminal that has this secret, when it stands in this office."""
    row = session.execute(
        select(Terminal, Office.slug)
        .join(Office, Office.id == Terminal.office_id)
        .where(
            Terminal.secret_digest == _digest(secret),
            Office.slug == slug,
            Terminal.revoked_utc.is_(None),
        )
    ).first()
    if row is None:
        return None
    found = row[0]
    return AtTerminal(found.id, found.office_id, row[1], found.visit, found.kept_token)


def end_visit(session: Session, at: AtTerminal) -> str:
    """End the visit that goes on: nothing made for it opens anything again. Return the next."""
    visit = new_visit()
    session.execute(
        update(Terminal)
        .where(Terminal.id == at.id, Terminal.visit == at.visit)
        .values(visit=visit, kept_token=None)
        .execution_options(synchronize_session=False)
    )
    return visit


def keep(session: Session, at: AtTerminal, token: str | None) -> None:
    """Keep what «Yes, go on» leads back to; the visit must still be the same."""
    session.execute(
        update(Terminal)
        .where(Terminal.id == at.id, Terminal.visit == at.visit)
        .values(kept_token=token)
        .execution_options(synchronize_session=False)
    )


def new_visit() -> str:
    """Return a name for a visit that nobody can guess."""
    return secrets.token_hex(16)


def _tidy(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign in CODE_SIGNS)


def _digest_code(code: str) -> bytes:
    return _digest(f"code {code}")


def _digest(text: str) -> bytes:
    return sha256(f"terminal {text}".encode()).digest()


def _note(
    session: Session, step: str, terminal_id: int, office_id: int, actor: str, now: datetime
) -> None:
    audit.record(
        session,
        now=now,
        actor=actor,
        action=f"terminal.{step}",
        subject=f"terminal:{terminal_id}",
        detail={"office": office_id},
    )
