"""Letters an office prints for people whom nothing else reaches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import ActorKind, CaseStatus
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.messages import Recipient, address_letter
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected.gate import is_hidden_from
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.intake.staff_queries import allows_acting
from nav_access.messaging import service
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.models import OutboxMessage
from nav_access.messaging.queries import is_to_print
from nav_access.staff.rules import Who


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that waits to be printed."""

    message_id: int
    number: str
    kind: MessageKind
    wanted_utc: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed: words are made from `recipient`; name and place as the person gave them."""

    message_id: int
    kind: MessageKind
    recipient: Recipient
    name: str | None
    place: str | None


def list_letters(session: Session, who: Who, limit: int = 100) -> tuple[LetterRow, ...]:
    """Return the letters of the reader's offices that wait to be printed, oldest first."""
    rows = session.execute(
        select(OutboxMessage, Case.number)
        .join(Case, Case.id == OutboxMessage.case_id)
        .where(is_to_print(), allows_acting(who), Case.status != CaseStatus.WITHDRAWN)
        .where(not_(is_hidden_from(who)))
        .order_by(OutboxMessage.wanted_utc, OutboxMessage.id)
        .limit(limit)
    ).all()
    return tuple(LetterRow(each.id, number, each.kind, each.wanted_utc) for each, number in rows)


def open_letter(
    session: Session, who: Who, message_id: int, *, keyring: Keyring, now: datetime
) -> Letter:
    """Return a letter of the reader's offices to print, and log that it was read.

    Raises CaseNotFound when there is none, or the person's wishes do not allow it any more.
    """
    message, case, reaching = _find(session, who, message_id)
    recipient = address_letter(session, message.detail, case, reaching, now=now)
    if recipient is None:
        raise CaseNotFound
    _note(session, who, "letter.read", case, now)
    seal = open_seal(keyring, case)
    return Letter(
        message_id=message.id,
        kind=message.kind,
        recipient=recipient,
        name=open_reaching(seal, case.number, "name", reaching.name_sealed),
        place=open_reaching(seal, case.number, "place", reaching.place_sealed),
    )


def mark_printed(session: Session, who: Who, message_id: int, *, now: datetime) -> None:
    """Note that a letter was printed and is on its way; doing so twice changes nothing."""
    _, case, _ = _find(session, who, message_id, is_printed_too=True)
    if service.mark_printed(session, message_id, now=now):
        _note(session, who, "letter.printed", case, now)


def _find(
    session: Session, who: Who, message_id: int, *, is_printed_too: bool = False
) -> tuple[OutboxMessage, Case, Reaching]:
    may_print = allows_acting(who), Case.status != CaseStatus.WITHDRAWN
    wanted = (OutboxMessage.id == message_id, *may_print)
    statement = (
        select(OutboxMessage, Case, Reaching)
        .join(Case, Case.id == OutboxMessage.case_id)
        .join(Reaching, Reaching.case_id == Case.id)
        .where(*wanted, is_to_print(is_printed_too=is_printed_too))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise CaseNotFound
    return row[0], row[1], row[2]


def _note(session: Session, who: Who, action: str, case: Case, now: datetime) -> None:
    actor = f"{ActorKind.STAFF}:{who.staff_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=f"case:{case.number}")
