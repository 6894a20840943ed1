"""What the person can do with their own case: add, correct, change language, withdraw, undo."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules
from nav_access.intake.acting.lines import REACHED_ANEW, has_line_ended
from nav_access.intake.applications import ContactWishes, Submission
from nav_access.intake.booking.unreachable import cancel_calls_of_unrung
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import AcuteStatement, CaseStatus, EventKind, Flag, Urgency
from nav_access.intake.errors import CaseNotFound, NotNow
from nav_access.intake.events import PERSON, Actor, NewEvent, append
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sealing import open_seal
from nav_access.intake.service import wishes_values
from nav_access.intake.submissions import name_once
from nav_access.offices.cards import find_public_card, get_card
from nav_access.offices.holding import hold_office

_CHANGED = (
    "reach",
    "best_time",
    "may_leave_voicemail",
    "may_say_who",
    "phone_sealed",
    "phone_index",
    "email_sealed",
    "code_word_sealed",
)

_COLUMNS_OF = {
    "phone": ("phone_sealed", "phone_index"),
    "email": ("email_sealed",),
    "code_word": ("code_word_sealed",),
}

_ABOUT_PLACE = frozenset({Flag.PLACE_UNKNOWN, Flag.PLACE_GUESSED, Flag.DISTRICT_UNKNOWN})


def add_information(
    session: Session,
    number: str,
    message: str,
    acute: frozenset[AcuteStatement],
    submission: Submission,
    *,
    actor: Actor = PERSON,
    helping: Mapping[str, int] = MappingProxyType({}),
    keyring: Keyring,
    now: datetime,
) -> None:
    """Add the person's words; an acute statement, or an answered case, sets the clock anew.

    `actor` and `helping` say who wrote them for the person. Raises AlreadyDone when this very
    form was handed in before.
    """
    case = _hold(session, number)
    detail = {**_information_detail(session, case, acute, now), **helping}
    name = name_once(session, submission, keyring)
    event = NewEvent(EventKind.INFORMATION_ADDED, actor, detail, message, name)
    if acute:
        case.acute = tuple({*case.acute, *acute})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def change_contact(
    session: Session,
    number: str,
    wishes: ContactWishes,
    submission: Submission,
    *,
    forget: frozenset[str] = frozenset(),
    keyring: Keyring,
    now: datetime,
) -> None:
    """Replace how and when the person can be reached.

    A phone, e-mail or code word left empty keeps the old one, which is never shown back; one
    that `forget` names («phone», «email», «code_word») is removed: somebody dangerous may have it.
    """
    case = _hold(session, number)
    held = session.scalars(select(Reaching).where(Reaching.case_id == case.id)).one()
    values = wishes_values(wishes, number, open_seal(keyring, case), keyring)
    changed = {column: values[column] for column in _CHANGED if values[column] is not None}
    changed |= {column: values[column] for what in forget for column in _COLUMNS_OF[what]}
    changed["reach"] = rules.decide_reach(
        wishes.reach,
        has_phone=bool(changed.get("phone_sealed", held.phone_sealed)),
        has_email=bool(changed.get("email_sealed", held.email_sealed)),
    )
    name = name_once(session, submission, keyring)
    session.execute(update(Reaching).where(Reaching.case_id == case.id).values(**changed))
    detail: dict[str, str | int | bool] = {"reach": changed["reach"]}
    if has_line_ended(session, case.id, now):
        detail[REACHED_ANEW] = True
    if wishes.phone or "phone" in forget:
        detail["phone"] = "new"
    event = NewEvent(EventKind.CONTACT_CHANGED, PERSON, detail, None, name)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    cancel_calls_of_unrung(session, case, keyring=keyring, now=now)
    calling.after_change(session, case, keyring=keyring, now=now)


def change_language(
    session: Session, number: str, language: str, *, keyring: Keyring, now: datetime
) -> None:
    """Write to the person in this language from now on; asking twice changes nothing."""
    case = _hold(session, number)
    if case.language == language:
        return
    case.language = language
    event = NewEvent(EventKind.LANGUAGE_CHANGED, PERSON, {"language": language})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    calling.after_change(session, case, keyring=keyring, now=now)


def choose_office(
    session: Session, number: str, slug: str, *, keyring: Keyring, now: datetime
) -> None:
    """Send the case to the office the person chose; the deadline never moves later."""
    case = _hold(session, number)
    office = find_public_card(session, slug)
    if office is None:
        raise NotNow
    if office.id == case.office_id:
        return
    if not hold_office(session, office.id):
        raise NotNow
    deadline = rules.decide_deadline(
        Urgency(case.urgency), has_children=case.has_children, hours=office.hours, now=now
    )
    detail = {
        "office_id": office.id,
        "deadline": min(deadline, case.deadline_utc).isoformat(),
    }
    case.flags = tuple(flag for flag in case.flags if flag not in _ABOUT_PLACE)
    event = NewEvent(EventKind.OFFICE_CHOSEN, PERSON, detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    calling.after_change(session, case, keyring=keyring, now=now)


def withdraw(session: Session, number: str, *, keyring: Keyring, now: datetime) -> None:
    """Take the request back; doing it twice changes nothing."""
    case = _hold(session, number, may_be_withdrawn=True)
    if case.status is CaseStatus.WITHDRAWN:
        return
    event = NewEvent(EventKind.WITHDRAWN, PERSON, {"was": str(case.status)})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)


def undo_withdrawal(session: Session, number: str, *, keyring: Keyring, now: datetime) -> None:
    """Take a withdrawal back within the hour; raises NotNow when it is too late."""
    case = _hold(session, number, may_be_withdrawn=True)
    if case.status is not CaseStatus.WITHDRAWN:
        return
    last = session.scalars(
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.WITHDRAWN)
        .order_by(CaseEvent.seq.desc())
        .limit(1)
    ).one()
    if now - last.at_utc > rules.UNDO_WITHDRAWAL:
        raise NotNow
    event = NewEvent(EventKind.WITHDRAWAL_UNDONE, PERSON, {"status": last.detail["was"]})
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    calling.after_return(session, case, keyring=keyring, now=now)


def _hold(session: Session, number: str, *, may_be_withdrawn: bool = False) -> Case:
    """Return the case, held until the commit: the person always acts on the present state."""
    case = session.scalar(select(Case).where(Case.number == number).with_for_update())
    if case is None or case.wrapped_key is None:
        raise CaseNotFound
    if case.status is CaseStatus.WITHDRAWN and not may_be_withdrawn:
        raise CaseNotFound
    return case


def _information_detail(
    session: Session, case: Case, acute: frozenset[AcuteStatement], now: datetime
) -> dict[str, str | int]:
    is_settled = case.status is not CaseStatus.WAITING
    if not acute and not is_settled:
        return {}
    urgency = Urgency.ACUTE if acute else Urgency(case.urgency)
    hours = get_card(session, case.office_id).hours
    deadline = rules.decide_deadline(urgency, has_children=case.has_children, hours=hours, now=now)
    if not is_settled:
        deadline = min(deadline, case.deadline_utc)
    return {"urgency": int(urgency), "deadline": deadline.isoformat()}
