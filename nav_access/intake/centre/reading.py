"""Reading messages between the contact centre and offices: in lists without words, or opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.callbacks.codes import EscalationStep
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import is_known_to_centre, is_unread_at_top
from nav_access.intake.centre.codes import Standing
from nav_access.intake.centre.errors import MessageNotFound
from nav_access.intake.centre.messages import is_open_to_office, is_open_to_operator
from nav_access.intake.centre.models import CentreAnswer, CentreMessage
from nav_access.intake.centre.sealing import open_words
from nav_access.intake.codes import CaseStatus, Reach, TimeOfDay, Urgency
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.intake.sealing import open_seal
from nav_access.offices.models import Office
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST = 100
"""Lines of one list."""

RECENT = timedelta(days=7)
"""How long a message that was acknowledged stays on the lists."""

_Sender, _Reader = aliased(StaffMember), aliased(StaffMember)


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message in a list: where it stands, and nothing of what it says.

    `promise_utc` is what the person was promised, None when they no longer wait; it and
    `deadline_utc` are both shown, because a message changes no promise.
    """

    id: int
    number: str
    office_name: str
    urgency: Urgency
    sent_utc: datetime
    sender: str
    deadline_utc: datetime
    due_utc: datetime
    promise_utc: datetime | None
    standing: Standing
    step: EscalationStep | None
    stepped_utc: datetime | None
    reader: str | None
    acknowledged_utc: datetime | None
    answered_by_centre: bool | None
    """Who wrote last below it: the centre, the office, or nobody yet (None)."""

    @property
    def is_before_promise(self) -> bool:
        """Whether it asks for something sooner than the person was promised."""
        return self.promise_utc is not None and self.deadline_utc < self.promise_utc


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """Words below a message."""

    at_utc: datetime
    name: str
    is_from_centre: bool
    text: str


@dataclass(frozen=True, slots=True)
class MessageRead:
    """A message opened, with what was written below it, oldest first."""

    line: MessageLine
    reach: Reach
    best_time: TimeOfDay
    needs_interpreter: bool
    reach_note: str | None
    promised: str | None
    text: str
    answers: tuple[AnswerRead, ...]


def list_unread(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return what nobody at the reader's offices has acknowledged, oldest deadline first."""
    wanted = _at_offices(who), CentreMessage.acknowledged_utc.is_(None)
    return _lines(session, _ordered(and_(*wanted), CentreMessage.deadline_utc), now)


def list_acknowledged(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return what was acknowledged at the reader's offices lately, newest first."""
    wanted = _at_offices(who), CentreMessage.acknowledged_utc > now - RECENT
    return _lines(session, _ordered(and_(*wanted), CentreMessage.acknowledged_utc.desc()), now)


def list_sent(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return the operator's own messages: unacknowledged ones first, then the newest."""
    is_recent = or_(CentreMessage.acknowledged_utc.is_(None), CentreMessage.sent_utc > now - RECENT)
    wanted = and_(CentreMessage.staff_id == who.staff_id, is_recent, is_known_to_centre())
    is_read = CentreMessage.acknowledged_utc.is_not(None)
    return _lines(session, _ordered(wanted, is_read, CentreMessage.sent_utc.desc()), now)


def list_returned(session: Session, who: Who, now: datetime) -> tuple[MessageLine, ...]:
    """Return the messages that came back to the contact centre, for its operators."""
    if not rules.is_operator(who):
        return ()
    wanted = and_(is_unread_at_top(), is_known_to_centre())
    return _lines(session, _ordered(wanted, CentreMessage.deadline_utc), now)


def count_unread(session: Session, who: Who) -> int:
    """Return how many messages wait to be acknowledged at the reader's offices."""
    joined = select(func.count()).select_from(CentreMessage).join(Case)
    unread = CentreMessage.acknowledged_utc.is_(None)
    return session.scalars(joined.where(_at_offices(who), unread)).one()


def open_message_at_office(
    session: Session, who: Who, message_id: int, *, keyring: Keyring, now: datetime
) -> MessageRead:
    """Return a message for the office that has the case, and log it; raises MessageNotFound."""
    return _open_one(session, who, message_id, is_open_to_office(who), keyring, now)


def open_message_at_centre(
    session: Session, who: Who, message_id: int, *, keyring: Keyring, now: datetime
) -> MessageRead:
    """Return a message for an operator, and log it; raises MessageNotFound."""
    return _open_one(session, who, message_id, is_open_to_operator(who, now), keyring, now)


def read_thread(
    session: Session, case: Case, *, keyring: Keyring, now: datetime
) -> tuple[MessageRead, ...]:
    """Return every message of a case the caller has found to be the reader's, newest first."""
    rows = _lines_and_rows(
        session, _ordered(CentreMessage.case_id == case.id, CentreMessage.id.desc()), now
    )
    return _open(session, rows, open_seal(keyring, case))


def list_thread_for_office(
    session: Session, who: Who, number: str, *, keyring: Keyring, now: datetime
) -> tuple[MessageRead, ...]:
    """Return every message of a case for the case's page; none of a case that is not theirs.

    The page itself logs that the case was read.
    """
    case = session.scalar(select(Case).where(Case.number == number, is_open_to_office(who)))
    return read_thread(session, case, keyring=keyring, now=now) if case else ()


def _at_offices(who: Who) -> ColumnElement[bool]:
    """Return the condition on a message's case that lists of the reader's offices hold it."""
    is_there = Case.wrapped_key.is_not(None), Case.status != CaseStatus.WITHDRAWN
    return and_(Case.office_id.in_(who.office_ids), *is_there, not_(is_hidden_from(who)))


_LAST = (
    select(CentreAnswer.is_from_centre)
    .where(CentreAnswer.message_id == CentreMessage.id)
    .order_by(CentreAnswer.id.desc())
    .limit(1)
    .correlate(CentreMessage)
    .scalar_subquery()
)

_Row = tuple[CentreMessage, Case, str, str, str | None, bool | None]
_ROWS: Select[*_Row] = (
    select(CentreMessage, Case, Office.name, _Sender.name, _Reader.name, _LAST)
    .join(Case, Case.id == CentreMessage.case_id)
    .join(Office, Office.id == Case.office_id)
    .join(_Sender, _Sender.id == CentreMessage.staff_id)
    .outerjoin(_Reader, _Reader.id == CentreMessage.acknowledged_by)
)


def _ordered(wanted: ColumnElement[bool], *order: Any) -> Select[*_Row]:
    return _ROWS.where(wanted).order_by(*order, CentreMessage.id).limit(MOST)


def _lines(session: Session, statement: Select[*_Row], now: datetime) -> tuple[MessageLine, ...]:
    return tuple(line for line, _ in _lines_and_rows(session, statement, now))


def _lines_and_rows(
    session: Session, statement: Select[*_Row], now: datetime
) -> list[tuple[MessageLine, CentreMessage]]:
    return [(_line(*row, now), row[0]) for row in session.execute(statement)]


def _line(
    message: CentreMessage,
    case: Case,
    office_name: str,
    sender: str,
    reader: str | None,
    answered_by_centre: bool | None,
    now: datetime,
) -> MessageLine:
    standing = rules.decide_standing(
        acknowledged=message.acknowledged_utc, step=message.step, due=message.due_utc, now=now
    )
    return MessageLine(
        id=message.id,
        number=case.number,
        office_name=office_name,
        urgency=Urgency(message.urgency),
        sent_utc=message.sent_utc,
        sender=sender,
        deadline_utc=message.deadline_utc,
        due_utc=message.due_utc,
        promise_utc=case.deadline_utc if case.status is CaseStatus.WAITING else None,
        standing=standing,
        step=message.step,
        stepped_utc=message.stepped_utc,
        reader=reader,
        acknowledged_utc=message.acknowledged_utc,
        answered_by_centre=answered_by_centre,
    )


def _open_one(
    session: Session,
    who: Who,
    message_id: int,
    is_open: ColumnElement[bool],
    keyring: Keyring,
    now: datetime,
) -> MessageRead:
    row = session.execute(_ROWS.where(CentreMessage.id == message_id, is_open)).one_or_none()
    if row is None:
        raise MessageNotFound
    message, case = row[0], row[1]
    opened = _open(session, [(_line(*row, now), message)], open_seal(keyring, case))
    audit.record(
        session,
        now=now,
        actor=f"staff:{who.staff_id}",
        action="centre.message_read",
        subject=f"case:{case.number}",
        detail={"message": message.id},
    )
    return opened[0]


def _open(
    session: Session, rows: Sequence[tuple[MessageLine, CentreMessage]], seal: CaseSeal
) -> tuple[MessageRead, ...]:
    answers = _read_answers(session, [message.id for _, message in rows], seal)
    return tuple(_opened(line, row, answers.get(row.id, []), seal) for line, row in rows)


def _opened(
    line: MessageLine, row: CentreMessage, answers: Sequence[AnswerRead], seal: CaseSeal
) -> MessageRead:
    return MessageRead(
        line=line,
        reach=row.reach,
        best_time=row.best_time,
        needs_interpreter=row.needs_interpreter,
        reach_note=open_words(seal, CentreMessage, row.name, "reach", row.reach_sealed),
        promised=open_words(seal, CentreMessage, row.name, "promised", row.promised_sealed),
        text=open_words(seal, CentreMessage, row.name, "text", row.text_sealed) or "",
        answers=tuple(answers),
    )


def _read_answers(
    session: Session, message_ids: Sequence[int], seal: CaseSeal
) -> dict[int, list[AnswerRead]]:
    rows = session.execute(
        select(CentreAnswer, StaffMember.name)
        .join(StaffMember, StaffMember.id == CentreAnswer.staff_id)
        .where(CentreAnswer.message_id.in_(message_ids))
        .order_by(CentreAnswer.id)
    )
    found: dict[int, list[AnswerRead]] = {}
    for row, name in rows:
        text = open_words(seal, CentreAnswer, row.name, "text", row.text_sealed) or ""
        read = AnswerRead(row.at_utc, name, row.is_from_centre, text)
        found.setdefault(row.message_id, []).append(read)
    return found
