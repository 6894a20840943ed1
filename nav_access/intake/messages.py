"""Messages about a case: queued in the caller's transaction, made safe when they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import Fallback
from nav_access.core.i18n.locales import DEFAULT
from nav_access.core.security.keyring import Keyring
from nav_access.feedback.queries import find_answer
from nav_access.intake.acting.lines import find_mailbox, list_mailboxes
from nav_access.intake.calling.history import read_events
from nav_access.intake.codes import CaseStatus, Channel, Reach
from nav_access.intake.models import Case, Reaching
from nav_access.intake.rules import Promise
from nav_access.intake.safe_contact import (
    Wishes,
    decide_channel,
    may_name_sender,
    may_write,
    wait_for_day,
)
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.intake.texting.stops import may_send
from nav_access.intake.wishes import find_wishes, read_wishes
from nav_access.messaging import service
from nav_access.messaging.codes import WITHOUT_CASE, MessageChannel, MessageKind
from nav_access.messaging.sealing import open_recipient
from nav_access.messaging.service import Claim
from nav_access.offices.cards import get_card

WRITTEN_TO = frozenset({Reach.SMS, Reach.EMAIL})
"""The ways of being reached that give a receipt in writing beside the page."""

_NOT_FOR_HELPERS = frozenset({MessageKind.RECEIVED, *WITHOUT_CASE})
"""What an agency sent it knows, and a conversation is the person's own."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to and what may be said; `number` is the case number.

    `office` and `phone` are the office's own, None where the sender may not be named.
    """

    channel: MessageChannel
    address: str
    language: str
    may_name_sender: bool
    number: str | None
    detail: Mapping[str, Any]
    office: str | None = None
    phone: str | None = None
    is_helper: bool = False
    """It goes to an agency the person let be told, in words for them."""
    text: str | None = None
    """What somebody wrote by hand, where a message carries that."""


def tell(
    session: Session,
    case_id: int,
    kind: MessageKind,
    *,
    detail: Mapping[str, str | int] | None = None,
    due_utc: datetime,
    now: datetime,
    once: str,
) -> None:
    """Queue a message to a case's person, in this transaction; `once` names it for good.

    What is due now and not allowed is not queued at all, nor a text to a number that turned out to
    be somebody else's. What is due later is: the person may change their wishes, and they are
    asked again when it is sent. Where the office falls back on a letter, that is queued beside
    what goes the person's own way.
    """
    wishes = find_wishes(session, case_id, now)
    channel = decide_channel(wishes, kind) if wishes else None
    if channel is MessageChannel.SMS and read_events(session, case_id).is_wrong_number:
        channel = None
    codes = dict(detail or {})
    put = partial(service.queue, session, kind, case_id=case_id, due_utc=due_utc, now=now)
    if due_utc > now or channel is not None:
        put(once=once, detail=codes)
    for box in list_mailboxes(session, case_id, now) if kind not in _NOT_FOR_HELPERS else ():
        put(once=f"{once}-agency-{box.consent_id}", detail=codes | {"consent": box.consent_id})
    wants_letter = codes.get("fallback") == Fallback.LETTER and channel is not MessageChannel.LETTER
    if wishes and wants_letter and may_write(wishes):
        put(once=f"{once}-letter", detail=codes | {"way": MessageChannel.LETTER})


def tell_received(
    session: Session, case_id: int, channel: Channel, promise: Promise, *, now: datetime
) -> None:
    """Queue the receipt of a request, unless a conversation by SMS gives it itself.

    Who filled in a form on paper wrote to us some time ago, and is not woken for it.
    """
    if channel is Channel.SMS:
        return
    due = wait_for_day(now) if channel is Channel.PAPER else now
    detail = {"deadline": promise.deadline_utc.isoformat()}
    once = f"received-{case_id}"
    tell(session, case_id, MessageKind.RECEIVED, detail=detail, due_utc=due, now=now, once=once)


def prepare(
    session: Session, message: Claim, *, keyring: Keyring, now: datetime
) -> Recipient | None:
    """Return whom a message goes to by the wishes of this moment; None: it must not be sent."""
    if message.case_id is None:
        return _unless_stopped(session, _without_case(session, message, keyring), keyring)
    row = session.execute(
        select(Case, Reaching).join(Reaching).where(Case.id == message.case_id)
    ).one_or_none()
    if row is None or row[0].wrapped_key is None or row[0].status is CaseStatus.WITHDRAWN:
        return None
    case, reaching = row
    if "consent" in message.detail:
        return _signed(session, case, _for_helper(session, message, case, reaching, now), now)
    wishes = read_wishes(session, case, reaching, now)
    recipient = _for_case(message, case, reaching, wishes, keyring)
    recipient = _unless_wrong_number(session, case, recipient)
    return _signed(session, case, _unless_stopped(session, recipient, keyring), now)


def address_letter(
    session: Session, detail: Mapping[str, Any], case: Case, reaching: Reaching, *, now: datetime
) -> Recipient | None:
    """Return a letter's recipient by the wishes of this moment; None: it must not be written."""
    wishes = read_wishes(session, case, reaching, now)
    if not may_write(wishes):
        return None
    way = MessageChannel.LETTER
    recipient = Recipient(way, "", case.language, may_name_sender(wishes), case.number, detail)
    return _signed(session, case, recipient, now)


def _signed(
    session: Session, case: Case, recipient: Recipient | None, now: datetime
) -> Recipient | None:
    """Add the office and its number where the sender may be named."""
    if recipient is None or not recipient.may_name_sender:
        return recipient
    card = get_card(session, recipient.detail.get("office_id", case.office_id))
    return replace(recipient, office=card.name, phone=card.find_phone(now))


def _unless_wrong_number(
    session: Session, case: Case, recipient: Recipient | None
) -> Recipient | None:
    """Keep a text back from a number that turned out to be somebody else's."""
    if recipient is None or recipient.channel is not MessageChannel.SMS:
        return recipient
    is_wrong = read_events(session, case.id).is_wrong_number
    return None if is_wrong else recipient


def _unless_stopped(
    session: Session, recipient: Recipient | None, keyring: Keyring
) -> Recipient | None:
    """Keep a text back from a phone that has answered STOP."""
    if recipient is None or recipient.channel is not MessageChannel.SMS:
        return recipient
    is_wanted = may_send(session, recipient.address, recipient.detail, keyring=keyring)
    return recipient if is_wanted else None


def _without_case(session: Session, message: Claim, keyring: Keyring) -> Recipient | None:
    """An answer to what somebody sent us without a case: it goes where they said."""
    if message.recipient_sealed is None or message.language is None:
        return None
    text = None
    if message.kind is MessageKind.FEEDBACK_ANSWER:
        text = find_answer(session, message.detail["feedback"], keyring)
        if text is None:
            return None
    return Recipient(
        channel=MessageChannel(message.detail.get("way", MessageChannel.SMS)),
        address=open_recipient(keyring, message.once, message.recipient_sealed),
        language=message.language,
        may_name_sender=False,
        number=None,
        detail=message.detail,
        text=text,
    )


def _for_case(
    message: Claim, case: Case, reaching: Reaching, wishes: Wishes, keyring: Keyring
) -> Recipient | None:
    channel = _decide_way(wishes, message)
    if channel is None:
        return None
    return Recipient(
        channel=channel,
        address=_address(case, reaching, channel, keyring),
        language=message.language or case.language,
        may_name_sender=may_name_sender(wishes),
        number=case.number,
        detail=message.detail,
    )


def _for_helper(
    session: Session, message: Claim, case: Case, reaching: Reaching, now: datetime
) -> Recipient | None:
    """Return the agency a message is copied to while the person's consent to it holds."""
    address = find_mailbox(session, message.detail["consent"], now)
    if address is None:
        return None
    return Recipient(
        channel=MessageChannel.EMAIL,
        address=address,
        language=DEFAULT.tag,
        may_name_sender=may_name_sender(read_wishes(session, case, reaching, now)),
        number=case.number,
        detail=message.detail,
        is_helper=True,
    )


def _decide_way(wishes: Wishes, message: Claim) -> MessageChannel | None:
    if message.detail.get("way") == MessageChannel.LETTER:
        return MessageChannel.LETTER if may_write(wishes) else None
    return decide_channel(wishes, message.kind)


def _address(case: Case, reaching: Reaching, channel: MessageChannel, keyring: Keyring) -> str:
    """Return the phone or e-mail; a letter has none here, the office knows where it goes."""
    if channel is MessageChannel.LETTER:
        return ""
    column = "phone" if channel is MessageChannel.SMS else "email"
    sealed = reaching.phone_sealed if column == "phone" else reaching.email_sealed
    opened = open_reaching(open_seal(keyring, case), case.number, column, sealed)
    if opened is None:
        raise RuntimeError("wishes without an address")
    return opened
