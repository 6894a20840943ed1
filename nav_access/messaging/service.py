"""The outbox: queue in the caller's transaction, claim by lease, send, then mark."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm import Session

from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.messaging import rules
from nav_access.messaging.codes import MessageChannel, MessageKind, MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.messaging.sealing import seal_recipient

BATCH = 10


@dataclass(frozen=True, slots=True)
class Claim:
    """A message one sender is at work on, until its lease runs out."""

    id: int
    token: str
    once: str
    kind: MessageKind
    case_id: int | None
    recipient_sealed: bytes | None
    language: str | None
    detail: Mapping[str, Any]
    created_utc: datetime
    give_up_utc: datetime
    lease_utc: datetime
    tries: int


def queue(
    session: Session,
    kind: MessageKind,
    *,
    case_id: int | None,
    once: str,
    due_utc: datetime,
    now: datetime,
    detail: Mapping[str, str | int] | None = None,
    recipient: str | None = None,
    language: str | None = None,
    keyring: Keyring | None = None,
) -> None:
    """Put a message in the outbox, in the caller's transaction; the same `once` again is nothing.

    A message about a case names the case. An answer to somebody without one has `recipient`
    (E.164), `language` and the keyring its number is sealed with.
    """
    sealed = None
    if case_id is None:
        if recipient is None or language is None or keyring is None:
            raise ValueError("a message without a case needs recipient, language and keyring")
        sealed = seal_recipient(keyring, once, recipient)
    codes = dict(detail or {})
    values = {
        "once": once,
        "kind": kind,
        "case_id": case_id,
        "recipient_sealed": sealed,
        "language": language,
        "detail": codes,
        "state": MessageState.WAITING,
        "created_utc": now,
        "wanted_utc": due_utc,
        "due_utc": due_utc,
        "give_up_utc": rules.decide_give_up(kind, codes, due_utc),
        "tries": 0,
    }
    insert_unless_taken(session, OutboxMessage, values)


def withdraw_queued(
    session: Session, case_id: int, kinds: Collection[MessageKind], *, once_starts: str = ""
) -> None:
    """Keep back a case's messages of these kinds that have not left; one under way is not tried
    again. With `once_starts` only those whose `once` begins so: of one booking among several."""
    of_case = [OutboxMessage.case_id == case_id, OutboxMessage.kind.in_(kinds)]
    if once_starts:
        of_case.append(OutboxMessage.once.startswith(once_starts, autoescape=True))
    waiting, sending = (
        update(OutboxMessage).where(*of_case, OutboxMessage.state == state)
        for state in (MessageState.WAITING, MessageState.SENDING)
    )
    session.execute(waiting.values(state=MessageState.WITHHELD, trouble="withdrawn"))
    session.execute(sending.values(give_up_utc=OutboxMessage.created_utc))


def withhold_all(session: Session, case_id: int) -> None:
    """Keep back all of a case that has not left; one under way is not tried again."""
    undone = update(OutboxMessage).where(OutboxMessage.case_id == case_id)
    waiting = undone.where(OutboxMessage.state == MessageState.WAITING)
    sending = undone.where(OutboxMessage.state == MessageState.SENDING)
    session.execute(
        waiting.values(state=MessageState.WITHHELD, trouble="erased", recipient_sealed=None)
    )
    session.execute(sending.values(give_up_utc=OutboxMessage.created_utc, recipient_sealed=None))


def claim_due(session: Session, *, now: datetime, limit: int = BATCH) -> tuple[Claim, ...]:
    """Take messages that are due, oldest first: each by one conditional UPDATE, so only once.

    On PostgreSQL those another sender is just taking are passed over, so that an empty answer
    means that nothing is left; on SQLite writers take turns.
    """
    due = (
        select(OutboxMessage)
        .where(OutboxMessage.state == MessageState.WAITING, OutboxMessage.due_utc <= now)
        .where(OutboxMessage.channel.is_distinct_from(MessageChannel.LETTER))
        .order_by(OutboxMessage.due_utc, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = (_claim(session, message, now) for message in session.scalars(due).all())
    return tuple(claim for claim in taken if claim is not None)


def _claim(session: Session, message: OutboxMessage, now: datetime) -> Claim | None:
    token, lease = token_hex(16), now + rules.LEASE
    taking = (
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, OutboxMessage.state == MessageState.WAITING)
        .values(state=MessageState.SENDING, lease_utc=lease, lease_token=token)
    )
    if not _changes_one(session, taking):
        return None
    return Claim(
        id=message.id,
        token=token,
        once=message.once,
        kind=message.kind,
        case_id=message.case_id,
        recipient_sealed=message.recipient_sealed,
        language=message.language,
        detail=message.detail,
        created_utc=message.created_utc,
        give_up_utc=message.give_up_utc,
        lease_utc=lease,
        tries=message.tries,
    )


def mark_sent(session: Session, claim: Claim, channel: MessageChannel, *, now: datetime) -> None:
    """Note that the gateway has it, even when the lease ran out meanwhile: it did leave.

    A delivery report may have been quicker; then only what it could not know is added.
    """
    left = {"channel": channel, "sent_utc": now, "lease_utc": None, "lease_token": None}
    of_claim = update(OutboxMessage).where(OutboxMessage.id == claim.id)
    session.execute(of_claim.values(**left))
    not_reported = OutboxMessage.state.in_(rules.list_states_before(MessageState.SENT))
    session.execute(of_claim.where(not_reported).values(state=MessageState.SENT, trouble=None))


def mark_written(session: Session, claim: Claim, channel: MessageChannel, *, now: datetime) -> None:
    """Note that a message was written down where no gateway is set up: nobody got it."""
    mark_sent(session, claim, channel, now=now)
    of_claim = update(OutboxMessage).where(OutboxMessage.id == claim.id)
    session.execute(of_claim.values(trouble="only_written"))


def mark_failed(
    session: Session, claim: Claim, trouble: str, *, is_final: bool = False, now: datetime
) -> None:
    """Note that a try failed: at once or later another, or none when it is final or too late."""
    tries = claim.tries + 1
    # Asked for again: the message may have been withdrawn while it was under way.
    give_up = session.scalar(select(OutboxMessage.give_up_utc).where(OutboxMessage.id == claim.id))
    again = None if is_final or not give_up else rules.decide_next_try(tries, give_up, now)
    state = MessageState.FAILED if again is None else MessageState.WAITING
    values = {"state": state, "due_utc": again or now, "tries": tries, "trouble": trouble[:60]}
    _end(session, claim, **values)


def mark_withheld(session: Session, claim: Claim, trouble: str) -> None:
    """Note that the person's wishes do not allow it now; it is never sent."""
    _end(session, claim, state=MessageState.WITHHELD, trouble=trouble)


def put_off(session: Session, claim: Claim, until: datetime) -> None:
    """Let a message wait a little while nobody takes it; that is no try."""
    _end(session, claim, state=MessageState.WAITING, due_utc=until)


def keep_for_day(session: Session, claim: Claim, until: datetime) -> None:
    """Let a message wait for daytime; nobody wants it earlier, so it is not late until then."""
    _end(session, claim, state=MessageState.WAITING, due_utc=until, wanted_utc=until)


def leave_to_print(session: Session, claim: Claim) -> None:
    """Leave a message to be printed as a letter by the office."""
    _end(session, claim, state=MessageState.WAITING, channel=MessageChannel.LETTER)


def mark_printed(session: Session, message_id: int, *, now: datetime) -> bool:
    """Note that a letter was printed; False when it was not waiting for that."""
    is_letter = (
        OutboxMessage.id == message_id,
        OutboxMessage.channel == MessageChannel.LETTER,
        OutboxMessage.state == MessageState.WAITING,
    )
    printed = update(OutboxMessage).where(*is_letter)
    return _changes_one(session, printed.values(state=MessageState.SENT, sent_utc=now))


def sweep(session: Session, *, now: datetime) -> int:
    """Free messages whose sender died or hangs, to be tried again at once; return how many."""
    gone = (OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_utc <= now)
    free = {"lease_utc": None, "lease_token": None, "trouble": "sender_gone"}
    late = update(OutboxMessage).where(*gone, OutboxMessage.give_up_utc <= now)
    session.execute(late.values(state=MessageState.FAILED, **free))
    again = {"state": MessageState.WAITING, "due_utc": now, "tries": OutboxMessage.tries + 1}
    freed = update(OutboxMessage).where(*gone).values(**again, **free)
    return cast("CursorResult[Any]", session.execute(freed)).rowcount


def apply_report(session: Session, once: str, state: MessageState, *, now: datetime) -> bool:
    """Take in a delivery report; one that comes late or twice moves nothing. Say if it moved."""
    values: dict[str, Any] = {"state": state, "lease_utc": None, "lease_token": None}
    if state is MessageState.DELIVERED:
        values |= {"delivered_utc": now, "trouble": None}
    if state is MessageState.FAILED:
        values["trouble"] = "not_delivered"
    before = OutboxMessage.state.in_(rules.list_states_before(state))
    moving = update(OutboxMessage).where(OutboxMessage.once == once, before).values(**values)
    return _changes_one(session, moving)


def _end(session: Session, claim: Claim, **values: Any) -> None:
    """End a claim; nothing happens when its lease ran out and somebody else has it."""
    is_ours = (OutboxMessage.id == claim.id, OutboxMessage.lease_token == claim.token)
    ended = update(OutboxMessage).where(*is_ours, OutboxMessage.state == MessageState.SENDING)
    session.execute(ended.values(**values, lease_utc=None, lease_token=None))


def _changes_one(session: Session, statement: Update) -> bool:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
