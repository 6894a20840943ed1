"""What staff can do with a case of their office: open, claim, log contact, note, move, close."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.queries import is_expected
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules, staff_rules
from nav_access.intake.acting.lines import REACHED_ANEW
from nav_access.intake.applications import Submission
from nav_access.intake.calling.service import after_contact
from nav_access.intake.codes import (
    ActorKind,
    CloseReason,
    ContactOutcome,
    DeadlineReason,
    EventKind,
    Urgency,
)
from nav_access.intake.direct_number.giving import give_direct_number
from nav_access.intake.errors import (
    CaseChanged,
    CaseNotFound,
    DeadlinePassed,
    NotAnswered,
    NotNow,
    TimeStands,
)
from nav_access.intake.events import Actor, NewEvent, append, has_news, state_of
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected.acts import list_acts_for
from nav_access.intake.sealing import open_seal, seal_reaching
from nav_access.intake.sides.codes import KeepReason, KeptFor
from nav_access.intake.sides.errors import MayNotKeep
from nav_access.intake.sides.kept import Kept, may_keep
from nav_access.intake.staff_queries import StaffCase, allows_acting, get_case_for
from nav_access.intake.submissions import name_once, name_submission
from nav_access.offices.cards import get_card
from nav_access.staff.rules import Who


@dataclass(frozen=True, slots=True)
class Turn:
    """A staff member's turn at a case: the version they saw and the form they handed in.

    Every verb below raises CaseNotFound (also for another office's case), AlreadyDone (this
    very form was handed in before), CaseChanged (somebody acted since `seen`) or NotNow (the
    case's state does not allow it); then nothing is written.
    """

    who: Who
    number: str
    seen: int
    submission: Submission

    @property
    def actor(self) -> Actor:
        """The staff member as events name them."""
        return _actor(self.who)


def open_case(
    session: Session,
    who: Who,
    number: str,
    *,
    before: int | None = None,
    is_to_act: bool = False,
    keyring: Keyring,
    now: datetime,
) -> StaffCase:
    """Return a case for showing it, and log that it was read; raises CaseNotFound.

    `before`: its timeline's events before this one, by `seq`; the newest when it is None.
    `is_to_act`: not a case that is only offered to the reader.
    """
    case = get_case_for(session, who, number, before=before, is_to_act=is_to_act, keyring=keyring)
    audit.record(
        session,
        now=now,
        actor=_actor(who).name,
        action="case.read",
        subject=f"case:{case.number}",
        detail={"seq": case.version} | ({"before": before} if before else {}) | case.why_read,
    )
    return case


def claim(session: Session, turn: Turn, *, keyring: Keyring, now: datetime) -> None:
    """Say «I am working on this»; a colleague's case is taken over, in plain sight."""
    case = take_turn(session, turn, EventKind.CLAIMED, keyring)
    _add(session, case, turn, EventKind.CLAIMED, {}, None, keyring, now)
    give_direct_number(session, case, keyring=keyring, now=now)


def release(session: Session, turn: Turn, *, keyring: Keyring, now: datetime) -> None:
    """Let go of a case one has claimed."""
    case = take_turn(session, turn, EventKind.RELEASED, keyring)
    _add(session, case, turn, EventKind.RELEASED, {}, None, keyring, now)


def log_contact(
    session: Session,
    turn: Turn,
    outcome: ContactOutcome,
    text: str | None,
    *,
    code_word: str | None = None,
    is_reached_anew: bool = False,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Log an attempt to reach the person; only ANSWERED stops the clock.

    A `code_word` agreed on in the call is kept for the next one; nobody answered, none agreed.
    `is_reached_anew`: an agency was rung in their place, and they say that they may be now.
    """
    case = take_turn(session, turn, EventKind.CONTACT_LOGGED, keyring)
    detail: dict[str, str | int | bool] = {"outcome": outcome}
    if is_reached_anew and outcome is ContactOutcome.ANSWERED:
        detail[REACHED_ANEW] = True
    if code_word and outcome is ContactOutcome.ANSWERED:
        _keep_code_word(session, case, code_word, keyring)
        detail["code_word"] = "new"
    _add(session, case, turn, EventKind.CONTACT_LOGGED, detail, text, keyring, now)
    give_direct_number(session, case, keyring=keyring, now=now)
    after_contact(session, case, outcome, keyring=keyring, now=now)


def _keep_code_word(session: Session, case: Case, word: str, keyring: Keyring) -> None:
    sealed = seal_reaching(open_seal(keyring, case), case.number, "code_word", word)
    session.execute(
        update(Reaching).where(Reaching.case_id == case.id).values(code_word_sealed=sealed)
    )


def write_note(
    session: Session,
    turn: Turn,
    text: str,
    *,
    keep: tuple[KeptFor, KeepReason] | None = None,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Write a note that staff see and the person's page does not show.

    `keep`: for whom alone at the case's office it is, and why. Raises MayNotKeep for a side that
    is not the writer's.
    """
    case = take_turn(session, turn, EventKind.NOTE_WRITTEN, keyring)
    kept = Kept(*keep, case.office_id) if keep else None
    if kept is not None and not may_keep(kept, turn.who):
        raise MayNotKeep
    detail = kept.to_detail() if kept else {}
    _add(session, case, turn, EventKind.NOTE_WRITTEN, detail, text, keyring, now)


def change_deadline(
    session: Session,
    turn: Turn,
    deadline: datetime,
    reason: DeadlineReason,
    text: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Promise another time; a reason about urgency moves the case a step in the queue.

    Raises DeadlinePassed when the time has gone by. Later is allowed, and audited.
    """
    case = take_turn(session, turn, EventKind.DEADLINE_CHANGED, keyring)
    if not staff_rules.may_be_deadline(deadline, now):
        raise DeadlinePassed
    urgency = staff_rules.decide_urgency_after(Urgency(case.urgency), reason)
    detail = {"deadline": deadline.isoformat(), "reason": reason, "urgency": int(urgency)}
    _add(session, case, turn, EventKind.DEADLINE_CHANGED, detail, text, keyring, now)


def close_case(
    session: Session,
    turn: Turn,
    reason: CloseReason,
    text: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Close a case; raises NotAnswered for a reason that needs contact that was answered.

    And TimeStands while a time is booked that is still to come.
    """
    case = take_turn(session, turn, EventKind.CLOSED, keyring)
    if not staff_rules.may_close(state_of(case), reason):
        raise NotAnswered
    if is_expected(session, case.id, now=now):
        raise TimeStands
    _add(session, case, turn, EventKind.CLOSED, {"reason": reason}, text, keyring, now)


def reopen_case(
    session: Session, turn: Turn, text: str | None, *, keyring: Keyring, now: datetime
) -> None:
    """Put an answered or closed case back in the queue, with a deadline counted from now."""
    case = take_turn(session, turn, EventKind.REOPENED, keyring)
    deadline = rules.decide_deadline(
        Urgency(case.urgency),
        has_children=case.has_children,
        hours=get_card(session, case.office_id).hours,
        now=now,
    )
    detail = {"deadline": deadline.isoformat()}
    _add(session, case, turn, EventKind.REOPENED, detail, text, keyring, now)


def _actor(who: Who) -> Actor:
    return Actor(ActorKind.STAFF, who.staff_id)


def take_turn(
    session: Session,
    turn: Turn,
    act: EventKind,
    keyring: Keyring,
    *,
    allowed: Callable[[Who], ColumnElement[bool]] = allows_acting,
) -> Case:
    """Return the case, held until the commit, when this turn may be taken now; see Turn.

    `allowed`: in which cases somebody may act so; theirs, for nearly everything.
    """
    case = session.scalar(
        select(Case).where(Case.number == turn.number, allowed(turn.who)).with_for_update()
    )
    if case is None:
        raise CaseNotFound
    name_once(session, turn.submission, keyring)
    if case.version != turn.seen and has_news(session, case, turn.seen):
        raise CaseChanged
    if act not in list_acts_for(case, turn.who):
        raise NotNow
    return case


def _add(
    session: Session,
    case: Case,
    turn: Turn,
    kind: EventKind,
    detail: Mapping[str, Any],
    text: str | None,
    keyring: Keyring,
    now: datetime,
) -> None:
    name = name_submission(keyring, turn.submission)
    event = NewEvent(kind, turn.actor, detail, text, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
