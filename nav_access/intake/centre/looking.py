"""Looking for a caller's case: each look-up logged with its reason, counted, and bounded."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select
from sqlalchemy import case as choose
from sqlalchemy.orm import Session

from nav_access.core import audit, limits
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import blind_indexes
from nav_access.intake import service
from nav_access.intake.applications import Application, Receipt, Submission
from nav_access.intake.centre import rules
from nav_access.intake.centre.allowed import is_known_by_number, is_known_by_phone
from nav_access.intake.centre.codes import LookedBy, LookUpEnd, LookUpReason
from nav_access.intake.centre.errors import NotAnOperator
from nav_access.intake.centre.models import LookedUp, LookUp
from nav_access.intake.centre.sealing import seal_reason
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case, Reaching
from nav_access.intake.submissions import name_submission
from nav_access.offices.models import Office
from nav_access.staff.rules import Who

MOST_FOUND = 20

_FIRST = {CaseStatus.WAITING: 0, CaseStatus.ANSWERED: 1, CaseStatus.CLOSED: 2}


@dataclass(frozen=True, slots=True)
class Question:
    """What an operator looks for, and why. `phone` is E.164; one of the two is given, or both.

    Eight digits may be either.
    """

    reason: LookUpReason
    phone: str | None = None
    number: str | None = None
    words: str | None = None

    @property
    def looked_by(self) -> LookedBy:
        """What it begins with."""
        if self.number and self.phone:
            return LookedBy.EITHER
        return LookedBy.NUMBER if self.number else LookedBy.PHONE


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found: enough to choose among several, and no name."""

    number: str
    office_id: int
    office_name: str
    status: CaseStatus
    received_utc: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up led to."""

    end: LookUpEnd
    cases: tuple[FoundCase, ...] = ()


def look_up(
    session: Session,
    who: Who,
    question: Question,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> Found:
    """Look for cases and log it. Commit the session whatever comes back: the try counts.

    The same form again is the same look-up, and finds no more than it did: what came in since was
    never logged. Raises NotAnOperator.
    """
    if not rules.is_operator(who):
        raise NotAnOperator
    name = name_submission(keyring, submission)
    is_repeat = session.scalar(select(LookUp.id).where(LookUp.submission == name)) is not None
    if not is_repeat and not _take_try(session, who, question, now):
        _record(session, who, "centre.look_up_refused", "look_up", now, by=question.looked_by)
        return Found(LookUpEnd.TOO_MANY)
    matching = _matching(who, question, keyring)
    rows = session.execute(matching.where(_was_found(name)) if is_repeat else matching).all()
    if not is_repeat:
        _log(session, who, question, name, [row.id for row in rows], keyring, now)
    if not rows:
        return Found(LookUpEnd.NOT_FOUND)
    if question.number and not is_repeat:
        limits.give_back(session, _wrong_bucket(who), now=now)
    return Found(LookUpEnd.FOUND, tuple(FoundCase(*row[1:]) for row in rows))


def take_request(
    session: Session,
    who: Who,
    application: Application,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    """Store a request a caller makes, as `service.receive` does; its operator may open it.

    Raises NotAnOperator, and what `receive` raises.
    """
    if not rules.is_operator(who):
        raise NotAnOperator
    receipt = service.receive(session, application, submission, keyring=keyring, now=now)
    if not receipt.is_repeat:
        case_id = session.scalars(select(Case.id).where(Case.number == receipt.number)).one()
        question = Question(LookUpReason.CALLER_RANG)
        name = name_submission(keyring, submission)
        _store(session, who, LookedBy.REQUEST, question, name, [case_id], keyring, now)
        _record(session, who, "centre.request_taken", f"case:{receipt.number}", now)
    return receipt


def _take_try(session: Session, who: Who, question: Question, now: datetime) -> bool:
    """Count a look-up before anything is looked at; wrong numbers are few, and given back."""
    hour, day = rules.HOUR, rules.DAY
    own = f"centre-looks:{who.staff_id}"
    if not limits.take_try(session, own, cap=rules.LOOK_UPS_AN_HOUR, window=hour, now=now):
        return False
    days = f"centre-looks-day:{who.staff_id}"
    if not limits.take_try(session, days, cap=rules.LOOK_UPS_A_DAY, window=day, now=now):
        return False
    if not question.number:
        return True
    wrong = _wrong_bucket(who)
    return limits.take_try(session, wrong, cap=rules.WRONG_NUMBERS_AN_HOUR, window=hour, now=now)


def _wrong_bucket(who: Who) -> str:
    return f"centre-wrong:{who.staff_id}"


def _matching(
    who: Who, question: Question, keyring: Keyring
) -> Select[*tuple[int, str, int, str, CaseStatus, datetime]]:
    return (
        select(Case.id, Case.number, Case.office_id, Office.name, Case.status, Case.received_utc)
        .join(Office, Office.id == Case.office_id)
        .where(_is_asked_for(who, question, keyring))
        .order_by(choose(_FIRST, value=Case.status), Case.received_utc.desc(), Case.id.desc())
        .limit(MOST_FOUND)
    )


def _was_found(name: bytes) -> ColumnElement[bool]:
    """Return the condition that the look-up of this form found a case when it was made."""
    found = select(LookedUp.case_id).join(LookUp, LookUp.id == LookedUp.look_up_id)
    return Case.id.in_(found.where(LookUp.submission == name))


def _is_asked_for(who: Who, question: Question, keyring: Keyring) -> ColumnElement[bool]:
    has_number = and_(Case.number == (question.number or ""), is_known_by_number())
    if question.phone is None:
        return has_number
    indexes = blind_indexes(keyring, question.phone)
    of_phone = select(Reaching.case_id).where(Reaching.phone_index.in_(indexes))
    return or_(has_number, and_(Case.id.in_(of_phone), is_known_by_phone(who)))


def _log(
    session: Session,
    who: Who,
    question: Question,
    name: bytes,
    case_ids: Sequence[int],
    keyring: Keyring,
    now: datetime,
) -> None:
    by = question.looked_by
    look_up_id = _store(session, who, by, question, name, case_ids, keyring, now)
    subject = f"look_up:{look_up_id}"
    said: dict[str, str | int] = {
        "by": str(by),
        "reason": str(question.reason),
        "found": len(case_ids),
    }
    _record(session, who, "centre.look_up", subject, now, **said)


def _store(
    session: Session,
    who: Who,
    by: LookedBy,
    question: Question,
    submission: bytes,
    case_ids: Sequence[int],
    keyring: Keyring,
    now: datetime,
) -> int | None:
    """Store a look-up and what it found; the same form in two places at once is stored once."""
    name = secrets.token_hex(16)
    values = {
        "name": name,
        "staff_id": who.staff_id,
        "at_utc": now,
        "looked_by": by,
        "reason": question.reason,
        "words_sealed": seal_reason(keyring, name, question.words),
        "submission": submission,
    }
    look_up_id = insert_unless_taken(session, LookUp, values)
    if look_up_id is not None and case_ids:
        found = [{"look_up_id": look_up_id, "case_id": one} for one in case_ids]
        session.execute(insert(LookedUp), found)
    return look_up_id


def _record(
    session: Session, who: Who, action: str, subject: str, now: datetime, **detail: str | int
) -> None:
    actor = f"staff:{who.staff_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail=detail)
