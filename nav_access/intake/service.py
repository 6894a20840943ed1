"""Receiving a request for help: stored once, with a promise, a case number and a key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nav_access.core import audit, references
from nav_access.core.orm import insert_unless_taken, table_of
from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal, blind_index
from nav_access.intake import messages, rules
from nav_access.intake.applications import Application, ContactWishes, Receipt, Submission
from nav_access.intake.codes import CaseStatus, EventKind, Flag, Reach
from nav_access.intake.doubles import flag_double
from nav_access.intake.events import PERSON
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.receipts import find_receipt
from nav_access.intake.routing import Route, find_route
from nav_access.intake.sealing import seal_event_text, seal_reaching
from nav_access.intake.submissions import digest_content, name_submission
from nav_access.offices.cards import get_card

_TRIES_AT_A_NUMBER = 20

_REACHING, _EVENT = table_of(Reaching), table_of(CaseEvent)
_FIRST_EVENT = ("case_id", "seq", "at_utc", "kind", "actor", "detail", "text_sealed")
_INSERT_REACHING = Prepared(lambda _: insert(_REACHING), _REACHING.c.keys())
_INSERT_EVENT = Prepared(lambda _: insert(_EVENT), _FIRST_EVENT)


@dataclass(frozen=True, slots=True)
class _Filing:
    """A request on its way into the database."""

    application: Application
    route: Route
    promise: rules.Promise
    keyring: Keyring
    received: datetime


@dataclass(frozen=True, slots=True)
class _Filed:
    """A case whose row is in the database, and the seal for the rest of it."""

    case_id: int
    number: str
    seal: CaseSeal


def receive(
    session: Session,
    application: Application,
    submission: Submission,
    *,
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    """Store a request once and return its receipt; the same form gives the same receipt.

    Raises DistrictNeeded when the person should first choose among a place's offices, and
    FormUsed when the form comes back with other words or for a request taken back since. The
    promise counts from when an office got the request.
    """
    repeat = find_receipt(session, submission, keyring=keyring, now=now)
    if repeat is not None:
        return repeat
    application = flag_double(session, application, keyring)
    route = find_route(session, application)
    received = application.handed_in_utc or now
    promise = _promise(session, application, route.office_id, received)
    key = references.derive_key(keyring, submission.once, submission.key_id)
    filing = _Filing(application, route, promise, keyring, received)
    name, content = name_submission(keyring, submission), digest_content(keyring, submission)
    filed = _store_case(session, filing, name, content, key)
    if filed is None:
        # The same form, handed in twice at once: the other one is in the database by now.
        return _require(find_receipt(session, submission, keyring=keyring, now=now))
    _store_reaching(session, filing, filed)
    _store_received(session, filing, filed)
    reach = _reach(application.wishes)
    if reach in messages.WRITTEN_TO:
        messages.tell_received(session, filed.case_id, application.channel, promise, now=now)
    audit.record(
        session,
        now=now,
        actor=PERSON.name,
        action=f"case.{EventKind.RECEIVED}",
        subject=f"case:{filed.number}",
        detail={"channel": str(application.channel), "urgency": int(promise.urgency)},
    )
    return Receipt(
        number=filed.number,
        key=key,
        office_id=route.office_id,
        promise=promise,
        reach=reach,
        received_utc=received,
        may_leave_voicemail=application.wishes.may_leave_voicemail,
        may_say_who=application.wishes.may_say_who,
        has_phone=bool(application.wishes.phone),
        choices=route.choices,
    )


def flag(session: Session, number: str, flag: Flag) -> None:
    """Tell staff something about how a request arrived."""
    case = session.scalars(select(Case).where(Case.number == number)).one()
    case.flags = (*case.flags, flag)


def _require(receipt: Receipt | None) -> Receipt:
    if receipt is None:
        raise RuntimeError("no free case number was found")
    return receipt


def _promise(
    session: Session, application: Application, office_id: int, received: datetime
) -> rules.Promise:
    urgency = rules.decide_urgency(
        application.needs, application.acute, has_children=application.has_children
    )
    hours = get_card(session, office_id).hours
    return rules.make_promise(
        urgency, has_children=application.has_children, hours=hours, now=received
    )


def _reach(wishes: ContactWishes) -> Reach:
    return rules.decide_reach(
        wishes.reach, has_phone=bool(wishes.phone), has_email=bool(wishes.email)
    )


def _store_case(
    session: Session, filing: _Filing, name: bytes, content: bytes, key: str
) -> _Filed | None:
    """Insert the case under a free number; None when this very form is already stored."""
    for _ in range(_TRIES_AT_A_NUMBER):
        number = references.new_case_number()
        seal = CaseSeal.new(filing.keyring, number)
        values = _case_values(filing) | {
            "number": number,
            "submission": name,
            "content": content,
            "verifier": references.make_verifier(filing.keyring, number, key),
            "wrapped_key": seal.wrapped,
        }
        case_id = insert_unless_taken(session, Case, values)
        if case_id is not None:
            return _Filed(case_id, number, seal)
        if session.scalar(select(Case.id).where(Case.submission == name)) is not None:
            return None
    return None


def _case_values(filing: _Filing) -> dict[str, Any]:
    application, route, promise = filing.application, filing.route, filing.promise
    return {
        "office_id": route.office_id,
        "channel": application.channel,
        "language": application.language,
        "needs": tuple(application.needs),
        "acute": tuple(application.acute),
        "has_children": application.has_children,
        "municipality_number": route.municipality_number,
        "flags": tuple(application.flags | route.flags),
        "is_protected": Flag.PROTECTED_PHONE in application.flags,
        "status": CaseStatus.WAITING,
        "urgency": int(promise.urgency),
        "received_utc": filing.received,
        "deadline_utc": promise.deadline_utc,
        "attempts": 0,
        "version": 1,
    }


def _store_reaching(session: Session, filing: _Filing, filed: _Filed) -> None:
    place = seal_reaching(filed.seal, filed.number, "place", filing.application.place)
    values = wishes_values(filing.application.wishes, filed.number, filed.seal, filing.keyring)
    values |= {"case_id": filed.case_id, "place_sealed": place}
    _INSERT_REACHING.run(session, values)


def wishes_values(
    wishes: ContactWishes, number: str, seal: CaseSeal, keyring: Keyring
) -> dict[str, Any]:
    """Return the columns of case_reaching for these wishes, personal ones sealed."""
    return {
        "reach": _reach(wishes),
        "best_time": wishes.best_time,
        "may_leave_voicemail": wishes.may_leave_voicemail,
        "may_say_who": wishes.may_say_who,
        "spoken_language": wishes.spoken_language,
        "spoken_sealed": seal_reaching(seal, number, "spoken", wishes.spoken_other),
        "needs_interpreter": wishes.needs_interpreter,
        "wants_private_room": wishes.wants_private_room,
        "phone_sealed": seal_reaching(seal, number, "phone", wishes.phone),
        "phone_index": blind_index(keyring, wishes.phone) if wishes.phone else None,
        "email_sealed": seal_reaching(seal, number, "email", wishes.email),
        "name_sealed": seal_reaching(seal, number, "name", wishes.name),
        "code_word_sealed": seal_reaching(seal, number, "code_word", wishes.code_word),
    }


def _store_received(session: Session, filing: _Filing, filed: _Filed) -> None:
    values = {
        "case_id": filed.case_id,
        "seq": 1,
        "at_utc": filing.received,
        "kind": EventKind.RECEIVED,
        "actor": PERSON.kind,
        "detail": {
            "urgency": int(filing.promise.urgency),
            "deadline": filing.promise.deadline_utc.isoformat(),
            "office_id": filing.route.office_id,
        },
        "text_sealed": seal_event_text(filed.seal, filed.number, 1, filing.application.message),
    }
    _INSERT_EVENT.run(session, values)
