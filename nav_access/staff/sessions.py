"""Signed-in sessions: kept on the server, known by a hash, over when idle or a day old."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.db import Connection, Database, DatabaseUnavailable
from nav_access.core.prepared import Prepared
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.models import Membership, StaffMember, StaffSession
from nav_access.staff.rules import ABSOLUTE, SEEN_EVERY, Who, is_live


@dataclass(frozen=True, slots=True)
class _Found:
    session_id: int
    seen_utc: datetime
    who: Who


class _Row(NamedTuple):
    """A session, whose it is, and one office of theirs: the columns of `_SIGNED_IN`.

    Without an office, what follows `office_id` is None as well.
    """

    session_id: int
    created_utc: datetime
    seen_utc: datetime
    ended_utc: datetime | None
    staff_id: int
    name: str
    email: str
    site_roles: tuple[str, ...]
    office_id: int | None
    role: StaffRole
    side: Side
    sees_protected: bool


def start(
    session: Session,
    staff_id: int,
    *,
    now: datetime,
    is_by_provider: bool = False,
    is_first: bool = False,
) -> str:
    """Begin a session and return its token, which is kept nowhere here.

    One that `is_first` is found by `find_first` alone.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            token_hash=_hash(token),
            staff_id=staff_id,
            created_utc=now,
            seen_utc=now,
            is_by_provider=is_by_provider,
            is_first=is_first,
        )
    )
    session.flush()
    return token


def find_signed_in(session: Session, token: str, now: datetime) -> Who | None:
    """Return who the token belongs to, or None when it is over or was never ours."""
    found = _find(session.connection(), token, now)
    return found.who if found else None


def find_first(session: Session, token: str, now: datetime) -> StaffMember | None:
    """Return who has yet to choose credentials of their own, in the session of this token.

    To everything else such a session is none, so that it opens nothing.
    """
    found = session.execute(
        select(StaffMember, StaffSession)
        .join(StaffSession, StaffSession.staff_id == StaffMember.id)
        .where(
            StaffSession.token_hash == _hash(token),
            StaffSession.is_first,
            StaffMember.is_disabled.is_(False),
            StaffMember.handed_out_until_utc > now,
        )
    ).one_or_none()
    if found is None:
        return None
    member, begun = found
    is_on = is_live(now, created=begun.created_utc, seen=begun.seen_utc, ended=begun.ended_utc)
    return member if is_on else None


def find_whose(session: Session, token: str) -> int | None:
    """Return whose session this token began, also when it is over; None when it was never ours."""
    whose = select(StaffSession.staff_id).where(StaffSession.token_hash == _hash(token))
    return session.scalars(whose).one_or_none()


def recognise(database: Database, token: str, now: datetime) -> Who | None:
    """Return who the token belongs to and note, once a minute, that they are at work."""
    with reading(database, token, now) as (_, who):
        return who


@contextmanager
def reading(
    database: Database, token: str, now: datetime
) -> Iterator[tuple[Connection, Who | None]]:
    """Yield a connection for reading, and who the token belongs to; notes that they are at work.

    For a page that only reads: its reader and what they may see are one consistent state.
    """
    with database.read_connection() as connection:
        found = _find(connection, token, now)
        yield connection, found.who if found else None
    if found is not None and now - found.seen_utc >= SEEN_EVERY:
        # A page can be read while the database takes no writes.
        with suppress(DatabaseUnavailable), database.unit_of_work() as session:
            _note_seen(session, found.session_id, now)


def sign_out(session: Session, token: str, *, now: datetime) -> bool:
    """End the session of this token; nothing happens when it is over already.

    Says whether a provider of identities had vouched for the person.
    """
    ended = session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == _hash(token), StaffSession.ended_utc.is_(None))
        .values(ended_utc=now)
        .returning(StaffSession.staff_id, StaffSession.is_by_provider)
    ).one_or_none()
    if ended is None:
        return False
    whose = f"staff:{ended.staff_id}"
    audit.record(session, now=now, actor=whose, action="staff.signed_out", subject=whose)
    return bool(ended.is_by_provider)


def end_all(session: Session, staff_id: int, *, now: datetime) -> None:
    """End every session a person has."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.ended_utc.is_(None))
        .values(ended_utc=now)
    )


def forget_old(session: Session, *, before: datetime) -> None:
    """Delete sessions begun before `before`; those that may still live are never among them."""
    session.execute(delete(StaffSession).where(StaffSession.created_utc < before - ABSOLUTE))


def _note_seen(session: Session, session_id: int, now: datetime) -> None:
    session.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.seen_utc < now)
        .values(seen_utc=now)
    )


def _find(connection: Connection, token: str, now: datetime) -> _Found | None:
    found = _SIGNED_IN.all(connection, {"token_hash": _hash(token)})
    if not found:
        return None
    rows = list(map(_Row._make, found))
    first = rows[0]
    if not is_live(now, created=first.created_utc, seen=first.seen_utc, ended=first.ended_utc):
        return None
    return _Found(first.session_id, first.seen_utc, _who(rows, now))


# Every request of somebody at work begins with it.
_SIGNED_IN = Prepared(
    lambda _: (
        select(
            StaffSession.id,
            StaffSession.created_utc,
            StaffSession.seen_utc,
            StaffSession.ended_utc,
            StaffMember.id,
            StaffMember.name,
            StaffMember.email,
            StaffMember.site_roles,
            Membership.office_id,
            Membership.role,
            Membership.side,
            Membership.sees_protected,
        )
        .join(StaffMember, StaffMember.id == StaffSession.staff_id)
        .outerjoin(Membership, Membership.staff_id == StaffMember.id)
        .where(
            StaffSession.token_hash == bindparam("token_hash"),
            StaffSession.is_first.is_(False),
            StaffMember.is_disabled.is_(False),
        )
    )
)


def _who(rows: Sequence[_Row], now: datetime) -> Who:
    first = rows[0]
    # An outer join: someone without an office has one row, and no membership in it.
    at_offices = {row.office_id: row for row in rows if row.office_id is not None}
    roles = frozenset(row.role for row in at_offices.values())
    return Who(
        staff_id=first.staff_id,
        name=first.name,
        email=first.email,
        office_ids=frozenset(at_offices),
        roles=frozenset(map(StaffRole, first.site_roles)) | roles,
        managed_office_ids=_where(at_offices, lambda row: row.role is StaffRole.MANAGER),
        sides={office_id: row.side for office_id, row in at_offices.items()},
        protected_office_ids=_where(at_offices, lambda row: row.sees_protected),
        at_utc=now,
    )


def _where(at_offices: Mapping[int, _Row], holds: Callable[[_Row], bool]) -> frozenset[int]:
    return frozenset(office_id for office_id, row in at_offices.items() if holds(row))


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
