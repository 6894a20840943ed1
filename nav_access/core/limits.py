"""Counted tries: one conditional upsert, exact however many try at once."""

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Integer, String, bindparam, case, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql import ClauseElement

from nav_access.core.orm import Base, UtcDateTime
from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring

UNKNOWN_ADDRESS = "unknown"

_SUBSCRIBER = 56
"""Bits of an IPv6 address that tell subscribers apart."""
_OWN = 128 - _SUBSCRIBER


class Tries(Base):
    """How many tries a bucket has had since its window began; the window starts with a try."""

    __tablename__ = "limit_tries"

    bucket: Mapped[str] = mapped_column(String(80), primary_key=True)
    taken: Mapped[int]
    until_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def take_try(session: Session, bucket: str, *, cap: int, window: timedelta, now: datetime) -> bool:
    """Take one of the `cap` tries a bucket has in each window; say whether there was one.

    Counts only once the unit of work commits: never raise out of the same one afterwards,
    or the guess was free.
    """
    values = {"bucket": bucket, "ends": now + window, "at": now, "cap": cap}
    return _TAKING.find(session, values) is not None


def _taking(dialect: str) -> ClauseElement:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    ends = bindparam("ends", type_=UtcDateTime())
    insert = make(Tries).values(bucket=bindparam("bucket"), taken=1, until_utc=ends)
    is_over = Tries.until_utc <= bindparam("at", type_=UtcDateTime())
    return insert.on_conflict_do_update(
        index_elements=[Tries.bucket],
        set_={
            "taken": case((is_over, 1), else_=Tries.taken + 1),
            "until_utc": case((is_over, insert.excluded.until_utc), else_=Tries.until_utc),
        },
        where=or_(is_over, Tries.taken < bindparam("cap", type_=Integer())),
    ).returning(Tries.taken)


_TAKING = Prepared(_taking)


def give_back(session: Session, bucket: str, *, now: datetime) -> None:
    """Hand back a try that turned out right: failures are counted, not visits."""
    session.execute(
        update(Tries)
        .where(Tries.bucket == bucket, Tries.taken > 0, Tries.until_utc > now)
        .values(taken=Tries.taken - 1)
        .execution_options(synchronize_session=False)
    )


def forget_old(session: Session, now: datetime) -> None:
    """Delete the counters whose window is over."""
    session.execute(
        delete(Tries).where(Tries.until_utc <= now).execution_options(synchronize_session=False)
    )


def private_bucket(keyring: Keyring, kind: str, *parts: str) -> str:
    """Name a bucket after a person or an address without writing either down."""
    named = digest(keyring.subkey("limits"), "\0".join((kind, *parts)).encode(), sha256)
    return f"{kind}:{named[:16].hex()}"


def fold_address(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address or an IPv6 /56."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN_ADDRESS
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> _OWN << _OWN)}/{_SUBSCRIBER}"
