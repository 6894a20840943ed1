"""A text from a number that has a case: an unverified note on it, which reopens what had lapsed."""

from datetime import datetime

from sqlalchemy import case as choose
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import blind_indexes
from nav_access.intake import rules
from nav_access.intake.codes import CaseStatus, EventKind, Urgency
from nav_access.intake.events import SYSTEM, NewEvent, append
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.texting.codes import Command
from nav_access.intake.texting.reading import Reading
from nav_access.intake.texting.rules import has_lapsed
from nav_access.offices.cards import get_card

_FIRST = {CaseStatus.WAITING: 0, CaseStatus.ANSWERED: 1, CaseStatus.CLOSED: 2}


def find_known_case(session: Session, phone: str, *, keyring: Keyring) -> Case | None:
    """Return the case a text from this phone belongs to, held: one that waits, else the newest.

    Withdrawn and erased ones are never it.
    """
    of_phone = select(Reaching.case_id).where(
        Reaching.phone_index.in_(blind_indexes(keyring, phone))
    )
    found = (
        select(Case)
        .where(Case.id.in_(of_phone), Case.wrapped_key.is_not(None), Case.status.in_(_FIRST))
        .order_by(choose(_FIRST, value=Case.status), Case.received_utc.desc(), Case.id.desc())
        .limit(1)
        .with_for_update()
    )
    return session.scalars(found).first()


def add_note(
    session: Session, case: Case, text: str, reading: Reading, *, keyring: Keyring, now: datetime
) -> bool:
    """Add a text to a case as a note nobody has verified; say whether that reopened the case.

    It changes nothing by itself. A case that had lapsed waits again, with a deadline from now;
    thanks and STOP ask for nothing. The note is the system's: who holds the phone is not known.
    """
    last = select(func.max(CaseEvent.at_utc)).where(CaseEvent.case_id == case.id)
    last_utc = session.scalar(last) or case.received_utc
    asks = not reading.is_thanks and reading.command is not Command.STOP
    status = CaseStatus(case.status)
    is_lapsed = asks and has_lapsed(status, last_utc, now, is_acute=reading.is_today)
    detail = _new_clock(session, case, now) if is_lapsed else {}
    event = NewEvent(EventKind.TEXTED, SYSTEM, detail, text)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    return is_lapsed


def _new_clock(session: Session, case: Case, now: datetime) -> dict[str, str | int]:
    urgency = Urgency(case.urgency)
    hours = get_card(session, case.office_id).hours
    deadline = rules.decide_deadline(urgency, has_children=case.has_children, hours=hours, now=now)
    return {"urgency": int(urgency), "deadline": deadline.isoformat()}
