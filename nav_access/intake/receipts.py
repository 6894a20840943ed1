"""The receipt of a request that was taken before: the same form shows it again."""

import hmac
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from nav_access.core import references
from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules
from nav_access.intake.applications import Receipt, Submission
from nav_access.intake.codes import CaseStatus, Urgency
from nav_access.intake.errors import FormUsed
from nav_access.intake.models import Case, Reaching
from nav_access.intake.routing import find_choices
from nav_access.intake.submissions import digest_content, name_submission
from nav_access.offices.cards import get_card

_IS_STORED = Prepared(lambda _: select(Case.id).where(Case.submission == bindparam("name")))


def find_receipt(
    session: Session, submission: Submission, *, keyring: Keyring, now: datetime
) -> Receipt | None:
    """Return the receipt of a form that was handed in before, or None; raises FormUsed.

    The key is on it for fifteen minutes, unless the office has given the person a new one.
    """
    name = name_submission(keyring, submission)
    if _IS_STORED.find(session, {"name": name}) is None:
        return None
    case, reaching = session.execute(
        select(Case, Reaching).join(Reaching).where(Case.submission == name)
    ).one()
    is_same = hmac.compare_digest(case.content, digest_content(keyring, submission))
    if not is_same or _is_gone(case):
        raise FormUsed
    return _repeat_receipt(session, case, reaching, submission, keyring, now)


def find_receipt_of_case(
    session: Session, number: str, submission: Submission, *, keyring: Keyring, now: datetime
) -> Receipt | None:
    """Return the receipt of a case for whoever holds the page it was first shown on."""
    row = session.execute(
        select(Case, Reaching).join(Reaching).where(Case.number == number)
    ).one_or_none()
    if row is None or _is_gone(row[0]):
        return None
    return _repeat_receipt(session, *row, submission, keyring, now)


def _is_gone(case: Case) -> bool:
    return case.status is CaseStatus.WITHDRAWN or case.wrapped_key is None


def _repeat_receipt(
    session: Session,
    case: Case,
    reaching: Reaching,
    submission: Submission,
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    key = references.derive_key(keyring, submission.once, submission.key_id)
    is_key = references.is_key(keyring, case.verifier, case.number, key)
    is_fresh = is_key and now - case.received_utc <= rules.SAME_RECEIPT
    hours = get_card(session, case.office_id).hours
    return Receipt(
        number=case.number,
        key=key if is_fresh else None,
        office_id=case.office_id,
        promise=rules.Promise(Urgency(case.urgency), case.deadline_utc, hours.is_staffed(now)),
        reach=reaching.reach,
        received_utc=case.received_utc,
        may_leave_voicemail=reaching.may_leave_voicemail,
        may_say_who=reaching.may_say_who,
        is_waiting=case.status is CaseStatus.WAITING,
        is_repeat=True,
        has_phone=reaching.phone_sealed is not None,
        choices=find_choices(session, case, reaching, keyring) if is_key else (),
        has_new_code=not is_key,
    )
