"""Reading messages between the contact centre and offices: opened, with all that is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake.centre.errors import MessageNotFound
from nav_access.intake.centre.lists import ROWS, MessageLine, in_order, line_of, lines_and_rows
from nav_access.intake.centre.messages import is_open_to_office, is_open_to_operator
from nav_access.intake.centre.models import CentreAnswer, CentreMessage
from nav_access.intake.centre.sealing import open_words
from nav_access.intake.codes import Reach, TimeOfDay
from nav_access.intake.models import Case
from nav_access.intake.sealing import open_seal
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who


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
    rows = lines_and_rows(
        session, in_order(CentreMessage.case_id == case.id, CentreMessage.id.desc()), now
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


def _open_one(
    session: Session,
    who: Who,
    message_id: int,
    is_open: ColumnElement[bool],
    keyring: Keyring,
    now: datetime,
) -> MessageRead:
    row = session.execute(ROWS.where(CentreMessage.id == message_id, is_open)).one_or_none()
    if row is None:
        raise MessageNotFound
    message, case = row[0], row[1]
    opened = _open(session, [(line_of(*row, now), message)], open_seal(keyring, case))
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
