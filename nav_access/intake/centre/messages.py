"""Writing: an operator's message to the office, its acknowledgement by a named person, answers."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake import staff_rules
from nav_access.intake.applications import Submission
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import is_known_by_number, is_unread_by_role, opens
from nav_access.intake.centre.errors import AlreadyAcknowledged, MessageNotFound
from nav_access.intake.centre.models import CentreAnswer, CentreMessage
from nav_access.intake.centre.sealing import Column, seal_words
from nav_access.intake.codes import ActorKind, EventKind, Reach, TimeOfDay, Urgency
from nav_access.intake.errors import CaseNotFound, DeadlinePassed
from nav_access.intake.events import Actor, NewEvent, append
from nav_access.intake.models import Case
from nav_access.intake.protected import gate
from nav_access.intake.sealing import open_seal
from nav_access.intake.staff_queries import allows
from nav_access.intake.submissions import name_once
from nav_access.offices.cards import get_card
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What an operator asks of the office. It changes nothing in what the person was promised."""

    urgency: Urgency
    deadline_utc: datetime
    text: str
    reach: Reach
    best_time: TimeOfDay = TimeOfDay.ANY
    needs_interpreter: bool = False
    reach_note: str | None = None
    promised: str | None = None


def send_message(
    session: Session,
    who: Who,
    number: str,
    message: NewMessage,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> int:
    """Send a message about a case the operator may open; return its id.

    Raises CaseNotFound, AlreadyDone for a form handed in before, DeadlinePassed when the office
    could not keep what is asked.
    """
    case = _hold(session, and_(Case.number == number, opens(who, now)))
    once = name_once(session, submission, keyring)
    if not staff_rules.may_be_deadline(message.deadline_utc, now):
        raise DeadlinePassed
    row = _make(session, case, who, message, keyring, now)
    session.add(row)
    session.flush()
    _append(session, case, EventKind.CENTRE_WROTE, who, row.id, once, keyring, now)
    return row.id


def acknowledge(
    session: Session, who: Who, message_id: int, *, keyring: Keyring, now: datetime
) -> None:
    """Put one's name to a message: «I have read it, it is with us».

    Doing it twice changes nothing. Raises AlreadyAcknowledged when a colleague was first, and
    MessageNotFound for another office's.
    """
    case = _hold_for_office(session, who, message_id)
    if not _claim(session, who, message_id, now):
        raise_if_others(session, who, message_id)
        return
    _append(session, case, EventKind.CENTRE_READ, who, message_id, None, keyring, now)


def answer(
    session: Session,
    who: Who,
    message_id: int,
    text: str,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Write back to the contact centre; whoever is first to answer has read the message, too.

    Raises MessageNotFound, and AlreadyDone for a form handed in before.
    """
    case = _hold_for_office(session, who, message_id)
    once = name_once(session, submission, keyring)
    if _claim(session, who, message_id, now):
        _append(session, case, EventKind.CENTRE_READ, who, message_id, None, keyring, now)
    _write(session, case, who, message_id, text, keyring, now, is_from_centre=False)
    _append(session, case, EventKind.CENTRE_ANSWERED, who, message_id, once, keyring, now)


def add_words(
    session: Session,
    who: Who,
    message_id: int,
    text: str,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Write more below a message, as an operator; its clock stays as it is.

    Raises MessageNotFound, and AlreadyDone for a form handed in before.
    """
    case = _hold_of_message(session, message_id, is_open_to_operator(who, now))
    once = name_once(session, submission, keyring)
    _write(session, case, who, message_id, text, keyring, now, is_from_centre=True)
    _append(session, case, EventKind.CENTRE_ANSWERED, who, message_id, once, keyring, now)


def is_open_to_operator(who: Who, now: datetime) -> ColumnElement[bool]:
    """Return the condition on a message and its case: one's own, or of a case one may open."""
    if not rules.is_operator(who):
        return opens(who, now)
    is_own = and_(CentreMessage.staff_id == who.staff_id, is_known_by_number())
    return or_(is_own, opens(who, now))


def is_open_to_office(who: Who) -> ColumnElement[bool]:
    """Return the condition on a message's case: the reader's own office has it.

    Or it is a protected person's, nobody there can read it, and the reader's role may.
    """
    by_role = gate.falls_to_centre(who), is_unread_by_role(who)
    return and_(or_(Case.office_id.in_(who.office_ids), *by_role), allows(who))


def raise_if_others(session: Session, who: Who, message_id: int) -> None:
    """Raise AlreadyAcknowledged when it was somebody else."""
    staff_id, name, at_utc = session.execute(
        select(StaffMember.id, StaffMember.name, CentreMessage.acknowledged_utc)
        .join(CentreMessage, CentreMessage.acknowledged_by == StaffMember.id)
        .where(CentreMessage.id == message_id)
    ).one()
    if staff_id != who.staff_id and at_utc is not None:
        raise AlreadyAcknowledged(name, at_utc)


def _claim(session: Session, who: Who, message_id: int, now: datetime) -> bool:
    """Acknowledge unless somebody has; one statement, so one of two wins."""
    claiming = (
        update(CentreMessage)
        .where(CentreMessage.id == message_id, CentreMessage.acknowledged_utc.is_(None))
        .values(acknowledged_by=who.staff_id, acknowledged_utc=now, next_utc=None)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(claiming)).rowcount == 1


def _make(
    session: Session,
    case: Case,
    who: Who,
    message: NewMessage,
    keyring: Keyring,
    now: datetime,
) -> CentreMessage:
    hours, seal = get_card(session, case.office_id).hours, open_seal(keyring, case)
    due = rules.decide_due(message.urgency, message.deadline_utc, hours, now)
    name = secrets.token_hex(16)

    def sealed(column: Column, text: str | None) -> bytes | None:
        return seal_words(seal, CentreMessage, name, column, text) if text else None

    return CentreMessage(
        name=name,
        case_id=case.id,
        staff_id=who.staff_id,
        sent_utc=now,
        urgency=int(message.urgency),
        deadline_utc=message.deadline_utc,
        due_utc=due,
        next_utc=due,
        reach=message.reach,
        best_time=message.best_time,
        needs_interpreter=message.needs_interpreter,
        reach_sealed=sealed("reach", message.reach_note),
        promised_sealed=sealed("promised", message.promised),
        text_sealed=seal_words(seal, CentreMessage, name, "text", message.text),
    )


def _write(
    session: Session,
    case: Case,
    who: Who,
    message_id: int,
    text: str,
    keyring: Keyring,
    now: datetime,
    *,
    is_from_centre: bool,
) -> None:
    name, seal = secrets.token_hex(16), open_seal(keyring, case)
    session.add(
        CentreAnswer(
            name=name,
            message_id=message_id,
            staff_id=who.staff_id,
            at_utc=now,
            is_from_centre=is_from_centre,
            text_sealed=seal_words(seal, CentreAnswer, name, "text", text),
        )
    )


def _hold(session: Session, condition: ColumnElement[bool]) -> Case:
    case = session.scalar(select(Case).where(condition).with_for_update())
    if case is None:
        raise CaseNotFound
    return case


def _hold_for_office(session: Session, who: Who, message_id: int) -> Case:
    return _hold_of_message(session, message_id, is_open_to_office(who))


def _hold_of_message(session: Session, message_id: int, is_open: ColumnElement[bool]) -> Case:
    """Return the case of a message, held until the commit, so that its events have an order."""
    of_message = select(CentreMessage.case_id).join(Case, Case.id == CentreMessage.case_id)
    case_id = session.scalar(of_message.where(CentreMessage.id == message_id, is_open))
    if case_id is None:
        raise MessageNotFound
    return session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()


def _append(
    session: Session,
    case: Case,
    kind: EventKind,
    who: Who,
    message_id: int,
    once: bytes | None,
    keyring: Keyring,
    now: datetime,
) -> None:
    actor = Actor(ActorKind.STAFF, who.staff_id)
    event = NewEvent(kind, actor, {"message": message_id}, None, once)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
