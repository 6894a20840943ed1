"""Protecting a person, ending it, looking all the same in an emergency, and taking note of that."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.security.keyring import Keyring
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import EventKind, Flag
from nav_access.intake.errors import NotNow
from nav_access.intake.events import NewEvent, append
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.models import Case
from nav_access.intake.protected import gate
from nav_access.intake.protected.codes import EndReason, GlassReason, ProtectionReason
from nav_access.intake.protected.errors import (
    AlreadyAcknowledged,
    NothingProtected,
    NotTheirRole,
    TooManyNumbers,
)
from nav_access.intake.protected.models import GlassBreak
from nav_access.intake.protected.queries import is_keepers
from nav_access.intake.sides.unseen import end_unseen
from nav_access.intake.submissions import name_once, name_submission
from nav_access.staff.rules import Who

OPEN_FOR = timedelta(minutes=30)
"""How long broken glass lets one person look."""

WRONG_NUMBERS = 5
WINDOW = timedelta(hours=1)
"""Numbers a person may try in vain in a window: the form must not tell who is protected."""


def protect(
    session: Session,
    turn: Turn,
    reason: ProtectionReason,
    text: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Hide a case from everybody without the role; raises what `Turn` says, and NotTheirRole.

    One that was protected for its phone alone is from now on hidden from who sent it, too.
    """
    case = _take(session, turn, keyring, is_protected=False)
    _mark(session, case, is_protected=True)
    _add(session, case, turn, EventKind.PROTECTED, {"reason": reason}, text, keyring, now)
    end_unseen(session, case, keyring=keyring, now=now)
    # A task must not stay with somebody who may not know of the case any more.
    calling.name_somebody(session, case, keyring=keyring, now=now)


def end_protection(
    session: Session,
    turn: Turn,
    reason: EndReason,
    text: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Let everybody at the office know of a case again; raises what `protect` does."""
    case = _take(session, turn, keyring, is_protected=True)
    _mark(session, case, is_protected=False)
    _add(session, case, turn, EventKind.PROTECTION_ENDED, {"reason": reason}, text, keyring, now)


def break_glass(
    session: Session,
    turn: Turn,
    reason: GlassReason,
    text: str,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Open a protected case of the reader's office to them alone, for OPEN_FOR.

    `turn.seen` does not count: they have seen nothing. Raises AlreadyDone, and NothingProtected
    for every other number, also of an ordinary case and of one they may see as it is.
    """
    case = _find_hidden(session, turn.who, turn.number)
    if case is None:
        raise NothingProtected
    name_once(session, turn.submission, keyring)
    _add(session, case, turn, EventKind.GLASS_BROKEN, {"reason": reason}, text, keyring, now)
    session.add(
        GlassBreak(
            case_id=case.id,
            staff_id=turn.who.staff_id,
            reason=reason,
            seq=case.version,
            broken_utc=now,
            until_utc=now + OPEN_FOR,
        )
    )
    session.flush()


def take_number(session: Session, who: Who, *, now: datetime) -> None:
    """Take one of the tries a person has before they break glass; raises TooManyNumbers.

    Commit it before the number is looked at, and give it back when the number was right.
    """
    if not limits.take_try(session, _bucket(who), cap=WRONG_NUMBERS, window=WINDOW, now=now):
        raise TooManyNumbers
    actor = f"staff:{who.staff_id}"
    audit.record(session, now=now, actor=actor, action="glass.tried", subject=actor)


def give_number_back(session: Session, who: Who, *, now: datetime) -> None:
    """Give a try back: the number was that of a protected case."""
    limits.give_back(session, _bucket(who), now=now)


def acknowledge(session: Session, who: Who, glass_id: int, *, now: datetime) -> None:
    """Put the reader's name to having taken note of a look, once and for all.

    Only somebody with the role for that case, and never who looked; else AlreadyAcknowledged.
    """
    mine = select(Case.id).where(Case.is_protected.is_(True), is_keepers(who))
    number = session.scalar(
        select(Case.number)
        .join(GlassBreak, GlassBreak.case_id == Case.id)
        .where(GlassBreak.id == glass_id)
    )
    statement = (
        update(GlassBreak)
        .where(GlassBreak.id == glass_id, GlassBreak.seen_by.is_(None))
        .where(GlassBreak.staff_id != who.staff_id, GlassBreak.case_id.in_(mine))
        .values(seen_by=who.staff_id, seen_utc=now)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(statement)).rowcount != 1:
        raise AlreadyAcknowledged
    actor, detail = f"staff:{who.staff_id}", {"glass": glass_id}
    subject = f"case:{number}"
    audit.record(
        session, now=now, actor=actor, action="glass.acknowledged", subject=subject, detail=detail
    )


def _take(session: Session, turn: Turn, keyring: Keyring, *, is_protected: bool) -> Case:
    """Return the case, held, for somebody with the role at its office; a note is always allowed."""
    case = take_turn(session, turn, EventKind.NOTE_WRITTEN, keyring)
    if case.office_id not in turn.who.protected_office_ids:
        raise NotTheirRole
    if case.is_protected is not is_protected and Flag.PROTECTED_PHONE not in case.flags:
        raise NotNow
    return case


def _find_hidden(session: Session, who: Who, number: str) -> Case | None:
    """Return the case of this number, held, when it is hidden from somebody of its office."""
    return session.scalar(
        select(Case)
        .where(Case.number == number, Case.office_id.in_(who.office_ids))
        .where(gate.is_hidden_from(who), Case.wrapped_key.is_not(None))
        .with_for_update()
    )


def _mark(session: Session, case: Case, *, is_protected: bool) -> None:
    """Say who may know of the case; that is decided now, whatever phone it came with."""
    case.flags = tuple(flag for flag in case.flags if flag != Flag.PROTECTED_PHONE)
    session.execute(update(Case).where(Case.id == case.id).values(is_protected=is_protected))


def _add(
    session: Session,
    case: Case,
    turn: Turn,
    kind: EventKind,
    detail: dict[str, str],
    text: str | None,
    keyring: Keyring,
    now: datetime,
) -> None:
    name = name_submission(keyring, turn.submission)
    event = NewEvent(kind, turn.actor, detail, text, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def _bucket(who: Who) -> str:
    return f"glass:{who.staff_id}"
