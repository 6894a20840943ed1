"""The audit: an append-only chain of what was done to what, by whom, in codes only."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, text
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from nav_access.core.audit_chain import (
    START,
    Entry,
    Head,
    entry_mac,
    is_head_ours,
    lock_head,
    write_head,
)
from nav_access.core.audit_tables import APPEND_ONLY_DDL, APPEND_ONLY_DROP, ENTRIES, HEAD
from nav_access.core.db import at_commit
from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring, UnknownKey

__all__ = [
    "APPEND_ONLY_DDL",
    "APPEND_ONLY_DROP",
    "AuditBroken",
    "AuditReport",
    "Problem",
    "forget_before",
    "record",
    "verify",
]

BROKEN = "audit.head_broken"
ENOUGH_PROBLEMS = 20
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
"""A code has no space, @ or +: a name of two words, an address or a phone does not fit."""
_INSERT_ENTRY = Prepared(lambda _: insert(ENTRIES), ENTRIES.c.keys())
_write = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_ALL_ENTRIES = select(ENTRIES).order_by(ENTRIES.c.number)

Detail = Mapping[str, str | int | bool]


class AuditBroken(Exception):
    """The chain's head is not as we left it; `verify` tells more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the chain, by code, at an entry's number (0: the head)."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a reading of the whole chain found. Keep `note` elsewhere and hand it to the next."""

    entries: int
    problems: tuple[Problem, ...]
    note: str

    @property
    def is_intact(self) -> bool:
        """Whether every entry is there, in order, as it was written."""
        return not self.problems


def record(
    session: Session,
    *,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Detail | None = None,
) -> None:
    """Note what this unit of work did; written, chained, as the last thing before its commit.

    Everything is a code (`staff:12`, `case.opened`, `case:12345674`): ValueError otherwise.
    """
    for code in (actor, action, subject, *_texts(detail or {})):
        if not _CODE.fullmatch(code):
            raise ValueError(f"not a code, so not for the audit: {action}")
    as_text = _write(dict(detail or {}))
    entry = Entry(now.astimezone(UTC), actor, action, subject, as_text)
    pending: list[Entry] = session.info.setdefault("audit_pending", [])
    pending.append(entry)
    if len(pending) == 1:
        at_commit(session, _append)


def _texts(detail: Detail) -> list[str]:
    return [part for part in (*detail, *detail.values()) if isinstance(part, str)]


def _append(session: Session) -> None:
    keyring: Keyring = session.info["keyring"]
    head, is_sound = lock_head(session, keyring)
    pending: list[Entry] = session.info.pop("audit_pending")
    if not is_sound:
        # Going on is right (the site must work), hiding it is not: `verify` reports this entry.
        broken = replace(pending[0], actor="system", action=BROKEN, subject="audit", detail="{}")
        pending.insert(0, broken)
    key_id = keyring.active_id
    for entry in pending:
        mac = entry_mac(keyring, key_id, head.last + 1, entry, head.last_mac)
        head = replace(head, last=head.last + 1, last_mac=mac)
        row = {"number": head.last, **_columns(entry), "key_id": key_id, "mac": mac}
        _INSERT_ENTRY.run(session, row)
    write_head(session, keyring, head)


def _columns(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def verify(session: Session, keyring: Keyring, *, note: str | None = None) -> AuditReport:
    """Read the whole chain and report what was changed, removed, moved or put in.

    Whoever can write the database may put back an older state of it, head and all; only a
    `note` from an earlier report, kept elsewhere, shows that.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    reading = _Reading(keyring, note)
    try:
        found = session.execute(select(HEAD)).one_or_none()
        reading.start(found)
        for row in session.execute(_ALL_ENTRIES.execution_options(yield_per=1000)):
            reading.take(row)
    except (ValueError, TypeError, AttributeError, DataError):
        reading.report("unreadable")
    return reading.finish()


class _Reading:
    """One pass over the chain, remembering only the entry before."""

    def __init__(self, keyring: Keyring, note: str | None) -> None:
        self.keyring = keyring
        self.awaited, _, self.awaited_mac = (note or "").partition(":")
        self.problems: list[Problem] = []
        self.entries = 0
        self.head = Head(1, START, 0, START)
        self.number, self.mac = 0, START

    def start(self, found: Row[Any] | None) -> None:
        """Take the head row, if there is one."""
        if found is None:
            return
        self.head = Head(found.first, found.before_mac, found.last, found.last_mac)
        self.number, self.mac = found.first - 1, found.before_mac
        if not is_head_ours(self.keyring, self.head, found.key_id, found.mac):
            self.report("head_changed", 0)

    def take(self, row: Row[Any]) -> None:
        """Take the next entry and compare it with the one before."""
        awaited, self.number = self.number + 1, row.number
        if row.number != awaited:
            self.report("missing" if row.number > awaited else "stray")
        if not self._is_ours(row):
            self.report("changed")
        if row.action == BROKEN:
            self.report("head_was_changed")
        self.entries, self.mac = self.entries + 1, row.mac
        self._compare_with_note()

    def _is_ours(self, row: Row[Any]) -> bool:
        entry = Entry(row.at_utc, row.actor, row.action, row.subject, row.detail)
        try:
            mac = entry_mac(self.keyring, row.key_id, row.number, entry, self.mac)
        except UnknownKey:
            return False
        return hmac.compare_digest(row.mac, mac)

    def _compare_with_note(self) -> None:
        if self.awaited == str(self.number):
            self.awaited = ""
            if self.mac.hex()[:16] != self.awaited_mac:
                self.report("not_as_noted")

    def report(self, what: str, number: int | None = None) -> None:
        """Remember a problem at the present entry, or at `number`."""
        if len(self.problems) < ENOUGH_PROBLEMS:
            self.problems.append(Problem(self.number if number is None else number, what))

    def finish(self) -> AuditReport:
        """Compare where the chain ended with what the head says, and report."""
        if (self.number, self.mac) != (self.head.last, self.head.last_mac):
            self.report("end_differs")
        if self.awaited and int(self.awaited) >= self.head.first:
            self.report("not_as_noted")
        note = f"{self.head.last}:{self.head.last_mac.hex()[:16]}"
        return AuditReport(self.entries, tuple(self.problems), note)


def forget_before(
    session: Session,
    keyring: Keyring,
    before: datetime,
    *,
    most: int | None = None,
    now: datetime,
) -> int:
    """Let go of entries older than `before`, from the start of the chain; return how many.

    The chain stays whole: the head remembers the mac the first kept entry builds on. No more
    than `most` at a time, for whoever writes meanwhile waits.
    Raises AuditBroken when the chain's head is not as we left it.
    """
    head, is_sound = lock_head(session, keyring)
    if not is_sound:
        raise AuditBroken
    last = head.last if most is None else min(head.last, head.first + most)
    near = ENTRIES.c.number.between(head.first, last)
    kept = select(func.min(ENTRIES.c.number)).where(ENTRIES.c.at_utc >= before, near)
    first_kept = session.scalar(kept) or last
    gone = session.execute(select(ENTRIES.c.mac).where(ENTRIES.c.number == first_kept - 1))
    before_mac = gone.scalar_one_or_none()
    if before_mac is None:
        return 0
    write_head(session, keyring, replace(head, first=first_kept, before_mac=before_mac))
    session.execute(delete(ENTRIES).where(ENTRIES.c.number < first_kept))
    count = first_kept - head.first
    record(
        session,
        now=now,
        actor="system",
        action="audit.forgotten",
        subject="audit",
        detail={"entries": count},
    )
    return count
