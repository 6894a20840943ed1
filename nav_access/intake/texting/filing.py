"""Making a request of what a conversation by SMS has told, and answering about a case."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import list_offered
from nav_access.core.security.keyring import Keyring
from nav_access.intake import service
from nav_access.intake.applications import OFFICE_UNKNOWN, Application, ContactWishes, Submission
from nav_access.intake.codes import Channel, Flag, Reach, Urgency
from nav_access.intake.messages import tell
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import may_name_sender
from nav_access.intake.texting import stops
from nav_access.intake.texting.codes import Say
from nav_access.intake.texting.models import TextDialogue
from nav_access.intake.texting.rules import decide_language
from nav_access.intake.texting.store import end_dialogue, read_phone
from nav_access.intake.texting.talk import Talk
from nav_access.intake.wishes import find_wishes
from nav_access.messaging.codes import MessageKind
from nav_access.offices.cards import get_card

MOST_CHARACTERS = 2000
"""Of the person's own words, as on the form."""


def file_request(
    session: Session, row: TextDialogue, talk: Talk, *, keyring: Keyring, now: datetime
) -> Case:
    """Store the request and forget the conversation; the promise goes out as its last text."""
    phone = read_phone(row, keyring=keyring)
    is_stopped = stops.is_stopped(session, phone, keyring=keyring)
    application = make_application(talk, phone, is_stopped=is_stopped)
    submission = Submission(bytes.fromhex(row.name), keyring.active_id)
    name = row.name
    receipt = service.receive(session, application, submission, keyring=keyring, now=now)
    end_dialogue(session, row)
    case = session.scalars(select(Case).where(Case.number == receipt.number)).one()
    answer_case(session, case, Say.RECEIVED, once=name, now=now)
    return case


def make_application(talk: Talk, phone: str, *, is_stopped: bool) -> Application:
    """Return the request as the intake room takes it.

    They texted us from this number, so a text is what is safe; who wants no more texts is rung.
    Nothing was asked of voicemail and of saying who rings, so neither is done.
    """
    flags = {Flag.UNVERIFIED_SENDER} | ({Flag.TEXTS_STOPPED} if is_stopped else set())
    return Application(
        needs=talk.find_needs(),
        acute=talk.find_acute(),
        has_children=False,
        place=talk.place or "",
        office=OFFICE_UNKNOWN,
        message="\n".join(talk.words)[:MOST_CHARACTERS],
        language=decide_language(talk, tuple(locale.tag for locale in list_offered())),
        wishes=ContactWishes(reach=Reach.CALL if is_stopped else Reach.SMS, phone=phone),
        channel=Channel.SMS,
        flags=frozenset(flags),
    )


def answer_case(session: Session, case: Case, say: Say, *, once: str, now: datetime) -> None:
    """Queue an answer about a case, as far as the person's wishes allow; `once` names it.

    Who may not be told who we are gets the promise alone: our number would say it, and whoever
    holds the phone could ask for it by a text.
    """
    kind, detail = MessageKind.RECEIVED, {"deadline": case.deadline_utc.isoformat()}
    if may_show_number(session, case, now):
        kind = MessageKind.DIALOGUE
        detail |= {"say": str(say), "phone": _phone_to_ring(session, case, now)}
    tell(
        session,
        case.id,
        kind,
        detail=detail,
        due_utc=now,
        now=now,
        once=f"text-{once}",
    )


def may_show_number(session: Session, case: Case, now: datetime) -> bool:
    """Say whether a text may have our number: they texted it themselves, or may know who we are."""
    wishes = find_wishes(session, case.id, now)
    return case.channel is Channel.SMS or (wishes is not None and may_name_sender(wishes))


def flag_stopped(case: Case) -> None:
    """Tell staff that the person wants no more texts."""
    case.flags = (*case.flags, Flag.TEXTS_STOPPED)


def _phone_to_ring(session: Session, case: Case, now: datetime) -> str:
    """Return whom to ring if we fail: for somebody in acute need at night, who answers then."""
    card = get_card(session, case.office_id)
    is_night = case.urgency == Urgency.ACUTE and not card.is_answered(now)
    at_night = card.after_hours[0].phone if is_night and card.after_hours else None
    return at_night or card.find_phone(now) or load_facts().service_phone.number
