"""The one place that decides how a person may be contacted; unanswered means safest.

Used when a message is sent and on the page for calling. Pure: wishes in, codes out.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from nav_access.callbacks.codes import Fallback
from nav_access.core.clock import OSLO, to_oslo
from nav_access.intake.codes import Reach, TimeOfDay
from nav_access.messaging.codes import MessageChannel, MessageKind

DAY_BEGINS, DAY_ENDS = time(8), time(21)
"""Outside these nobody's phone lights up of our doing, unless the person just wrote to us."""

FRESH = timedelta(minutes=15)
"""How long after the person's own act an answer to it may come at any hour."""

ANSWERS = frozenset(
    {
        MessageKind.RECEIVED,
        MessageKind.BOOKED,
        MessageKind.MOVED,
        MessageKind.CANCELLED,
        MessageKind.DIALOGUE,
    }
)

_WORTH_A_LETTER = frozenset({MessageKind.FALLBACK, MessageKind.MISSED_CALL})

_NOT_RUNG = frozenset({Reach.VISIT, Reach.HELPER})

_INSTEAD_OF_A_LETTER = {Reach.HELPER: Fallback.PARTNER, Reach.VISIT: Fallback.VISIT}
"""What a person who can only be reached by letter must be told, and no time has passed over."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person said they can be reached safely."""

    reach: Reach
    may_leave_voicemail: bool = False
    may_say_who: bool = False
    has_phone: bool = False
    has_email: bool = False
    best_time: TimeOfDay = TimeOfDay.ANY
    is_helper_rung: bool = False
    """They said that an agency is rung in their place; only while that consent holds."""
    has_helper_ended: bool = False
    """They said so, it holds no more, and they have not said themselves that they may be rung.

    Why it was so is not known: perhaps home is not safe. Nobody rings, leaves a message or writes
    a letter; a text or an e-mail goes only where that is the way they chose.
    """


class Greeting(StrEnum):
    """What whoever rings does and does not do, in the order it is read."""

    DO_NOT_RING = "do_not_ring"
    RING_HELPER = "ring_helper"
    """Ring the agency that acts for the person, never the person."""
    SAY_WHO = "say_who"
    """May say the service's name to whoever answers."""
    ASK_FOR_THE_PERSON = "ask_for_the_person"
    """Say nothing of who rings or why until it is surely the person."""
    LEAVE_VOICEMAIL = "leave_voicemail"
    NO_VOICEMAIL = "no_voicemail"


def decide_channel(wishes: Wishes, kind: MessageKind) -> MessageChannel | None:
    """Return how a message of this kind may go to the person; None: not at all."""
    if may_text(wishes) and (kind is not MessageKind.RECEIVED or wishes.reach is Reach.SMS):
        return MessageChannel.SMS
    if wishes.reach is Reach.EMAIL and wishes.has_email and kind is not MessageKind.DIALOGUE:
        return MessageChannel.EMAIL
    if wishes.reach is Reach.VISIT and kind in _WORTH_A_LETTER and may_write(wishes):
        return MessageChannel.LETTER
    return None


def may_text(wishes: Wishes) -> bool:
    """Say whether a text may lie on the person's phone: they chose it, or leave a message."""
    chose_it = wishes.reach is Reach.SMS
    takes_messages = wishes.reach is Reach.CALL and may_leave_message(wishes)
    return wishes.has_phone and (chose_it or takes_messages)


def may_leave_message(wishes: Wishes) -> bool:
    """Say whether a message may lie where others hear it."""
    return wishes.may_leave_voicemail and not wishes.has_helper_ended


def may_write(wishes: Wishes) -> bool:
    """Say whether the office may write a letter when nothing else reached the person.

    Only where we may be named: others open letters, and one that does not say who wrote it says
    nothing to do. Never past a helper, nor in the place of one who is rung no more.
    """
    is_past_helper = wishes.reach is Reach.HELPER or wishes.has_helper_ended
    return wishes.may_say_who and not is_past_helper


def decide_fallback(wishes: Wishes, usual: Fallback) -> Fallback:
    """Return what is done when ringing did not help: what is usual, but no letter unasked for.

    Where an agency stood between the person and us and does no more, no usual way is safe.
    """
    if wishes.has_helper_ended:
        return Fallback.DECIDE
    if usual is not Fallback.LETTER or may_write(wishes):
        return usual
    return _INSTEAD_OF_A_LETTER.get(wishes.reach, Fallback.CONTACT_CENTRE)


def may_name_sender(wishes: Wishes) -> bool:
    """Say whether the service, its number or its address may be read in a message."""
    return wishes.may_say_who


def greeting(wishes: Wishes) -> tuple[Greeting, ...]:
    """Return what whoever rings must know before lifting the receiver."""
    if wishes.is_helper_rung:
        return (Greeting.RING_HELPER,)
    if wishes.has_helper_ended or not wishes.has_phone or wishes.reach in _NOT_RUNG:
        return (Greeting.DO_NOT_RING,)
    who = Greeting.SAY_WHO if wishes.may_say_who else Greeting.ASK_FOR_THE_PERSON
    voice = Greeting.LEAVE_VOICEMAIL if may_leave_message(wishes) else Greeting.NO_VOICEMAIL
    return (who, voice)


def decide_moment(kind: MessageKind, queued_utc: datetime, now: datetime) -> datetime:
    """Return when a message may light up a phone: `now`, or when the next day begins."""
    is_answer = kind in ANSWERS and now - queued_utc <= FRESH
    return now if is_answer else wait_for_day(now)


def wait_for_day(now: datetime) -> datetime:
    """Return `now` by day, else when the next day begins: for what nobody asked for just now."""
    local = to_oslo(now)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return now
    day = local.date() + timedelta(days=1 if local.time() >= DAY_ENDS else 0)
    return datetime.combine(day, DAY_BEGINS, OSLO).astimezone(now.tzinfo)
