"""Changes that one person asks for and another confirms: the dangerous few.

The asked-for change stands in a table until somebody else, whom the door lets in by role, confirms
it; each step is one conditional UPDATE, so it is confirmed once and carried out once. Whoever
confirms runs the verb in the same unit of work and calls `finish`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, Index, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from nav_access.core import audit
from nav_access.core.codes import code_type
from nav_access.core.orm import Base, RowId, UtcDateTime, insert_unless_taken

LIFETIME = timedelta(days=7)
"""Long enough for a colleague to be back from a few days away; after that it is asked anew."""

_IS_OPEN = text("state IN ('pending', 'confirmed')")


class Danger(StrEnum):
    """What takes two people."""

    REMOVE_OFFICE = "remove_office"
    END_AGREEMENT = "end_agreement"
    RETIRE_KEY = "retire_key"


class ChangeState(StrEnum):
    """Where an asked-for change stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PendingChange(Base):
    """A change somebody asked for. `subject` names what is changed (`office:12`, `key:k3`)."""

    __tablename__ = "pending_changes"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        Index(
            "ix_pending_changes_open",
            "kind",
            "subject",
            unique=True,
            postgresql_where=_IS_OPEN,
            sqlite_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[Danger] = mapped_column(code_type(Danger))
    subject: Mapped[str] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Codes and numbers only: what was true when it was asked for."""
    state: Mapped[ChangeState] = mapped_column(code_type(ChangeState))
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    """Who confirmed it; who took it back stands in the audit."""
    decided_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NotToConfirm(Exception):
    """The change is not there to be confirmed: decided, taken back, too old, or never asked for."""


class SamePerson(Exception):
    """Whoever asked for a change does not confirm it."""


class AlreadyAsked(Exception):
    """Somebody asked for this very change, and it waits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that takes two: what, to what, and what is known of it, in codes."""

    kind: Danger
    subject: str
    detail: dict[str, str | int | bool] = field(default_factory=dict)


def ask(session: Session, wanted: Wanted, *, actor: str, now: datetime) -> int:
    """Ask for a change and return its id; raises AlreadyAsked."""
    expire(session, now=now)
    values = {
        "kind": wanted.kind,
        "subject": wanted.subject,
        "detail": dict(wanted.detail),
        "state": ChangeState.PENDING,
        "asked_by": actor,
        "asked_utc": now,
        "expires_utc": now + LIFETIME,
    }
    change_id = insert_unless_taken(session, PendingChange, values)
    if change_id is None:
        raise AlreadyAsked
    _note(session, "asked", change_id, wanted, actor, now)
    return change_id


def confirm(session: Session, change_id: int, *, actor: str, now: datetime) -> Wanted:
    """Confirm what somebody else asked for; raises SamePerson or NotToConfirm."""
    change = session.get(PendingChange, change_id)
    if change is None:
        raise NotToConfirm
    if change.asked_by == actor:
        raise SamePerson
    is_theirs_to = PendingChange.asked_by != actor
    values = {"decided_by": actor, "decided_utc": now}
    _move(session, change_id, ChangeState.PENDING, ChangeState.CONFIRMED, now, values, is_theirs_to)
    wanted = _wanted(change)
    _note(session, "confirmed", change_id, wanted, actor, now)
    return wanted


def finish(session: Session, change_id: int, *, actor: str, now: datetime) -> None:
    """Say that a confirmed change has been carried out; raises NotToConfirm the second time."""
    change = session.get(PendingChange, change_id)
    if change is None:
        raise NotToConfirm
    _move(session, change_id, ChangeState.CONFIRMED, ChangeState.DONE, now)
    _note(session, "done", change_id, _wanted(change), actor, now)


def take_back(session: Session, change_id: int, *, actor: str, now: datetime) -> None:
    """End a change that waits, one's own or another's; raises NotToConfirm when none does."""
    change = session.get(PendingChange, change_id)
    if change is None:
        raise NotToConfirm
    _move(session, change_id, ChangeState.PENDING, ChangeState.WITHDRAWN, now)
    _note(session, "taken_back", change_id, _wanted(change), actor, now)


def expire(session: Session, *, now: datetime) -> None:
    """End what nobody confirmed, or carried out, in time."""
    session.execute(
        update(PendingChange)
        .where(PendingChange.state.in_(_OPEN), PendingChange.expires_utc <= now)
        .values(state=ChangeState.EXPIRED)
        .execution_options(synchronize_session=False)
    )


def find_confirmed(session: Session, kind: Danger, subject: str, now: datetime) -> int | None:
    """Return the id of a confirmed change that is to be carried out, or None."""
    found = select(PendingChange.id).where(
        PendingChange.kind == kind,
        PendingChange.subject == subject,
        PendingChange.state == ChangeState.CONFIRMED,
        PendingChange.expires_utc > now,
    )
    return session.scalars(found).one_or_none()


def list_open(
    session: Session, now: datetime, kinds: Collection[Danger] = frozenset(Danger)
) -> Sequence[PendingChange]:
    """Return what waits to be confirmed, or confirmed to be carried out; the oldest first."""
    found = select(PendingChange).where(
        PendingChange.state.in_(_OPEN),
        PendingChange.expires_utc > now,
        PendingChange.kind.in_(kinds),
    )
    return session.scalars(found.order_by(PendingChange.asked_utc, PendingChange.id)).all()


_OPEN = (ChangeState.PENDING, ChangeState.CONFIRMED)


def _move(
    session: Session,
    change_id: int,
    before: ChangeState,
    after: ChangeState,
    now: datetime,
    values: dict[str, Any] | None = None,
    *conditions: ColumnElement[bool],
) -> None:
    moved = session.execute(
        update(PendingChange)
        .where(
            PendingChange.id == change_id,
            PendingChange.state == before,
            PendingChange.expires_utc > now,
            *conditions,
        )
        .values(state=after, **(values or {}))
        .returning(PendingChange.id)
        .execution_options(synchronize_session=False)
    )
    if moved.first() is None:
        raise NotToConfirm


def _wanted(change: PendingChange) -> Wanted:
    return Wanted(change.kind, change.subject, dict(change.detail))


def _note(
    session: Session, step: str, change_id: int, wanted: Wanted, actor: str, now: datetime
) -> None:
    audit.record(
        session,
        now=now,
        actor=actor,
        action=f"change.{step}",
        subject=wanted.subject,
        detail={"change": change_id, "kind": wanted.kind},
    )
