"""Letting the holder of a case code in, and counting exactly how often anyone may guess."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nav_access.core import limits, references
from nav_access.core.references import CaseCode
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case

TRIES_AT_ONE_CASE = 5
"""Wrong codes an address may send for one case number in a window."""

TRIES_AT_ALL_CASES = 30
"""Wrong codes an address may send in all: stops a search over many case numbers."""

TRIES_FROM_SHARED_NETWORK = 300
"""The same for a network many people share: an office, a library, a shelter."""

WINDOW = timedelta(hours=1)


class Entry(StrEnum):
    """What trying a case code led to. NOT_FOUND hides which of its causes it was."""

    OPENED = "opened"
    NOT_FOUND = "not_found"
    TOO_MANY = "too_many"


def try_code(
    session: Session,
    code: CaseCode,
    *,
    address: str,
    is_shared_network: bool,
    keyring: Keyring,
    now: datetime,
) -> Entry:
    """Take one try and check the code. Commit the session whatever comes back.

    A try is taken before the code is looked at and given back when it was right, so the
    number of wrong codes ever compared is exact, however many arrive at once. The same
    work is done for unknown, wrong, erased and withdrawn.
    """
    one, everything = _buckets(keyring, code.number, address)
    in_all = TRIES_FROM_SHARED_NETWORK if is_shared_network else TRIES_AT_ALL_CASES
    if not limits.take_try(session, everything, cap=in_all, window=WINDOW, now=now):
        return Entry.TOO_MANY
    if not limits.take_try(session, one, cap=TRIES_AT_ONE_CASE, window=WINDOW, now=now):
        # Nothing is compared: pressing on at one case must not shut an address out of its own.
        limits.give_back(session, everything, now=now)
        return Entry.TOO_MANY
    case = session.scalar(select(Case).where(Case.number == code.number))
    is_right = references.is_key(keyring, case.verifier if case else None, code.number, code.key)
    if case is None or not is_right or not _is_open_to_person(case):
        return Entry.NOT_FOUND
    if not references.is_verifier_current(keyring, case.verifier):
        # Unless the office has given a new code meanwhile, which then stands.
        made = references.make_verifier(keyring, code.number, code.key)
        is_same = Case.id == case.id, Case.verifier == case.verifier
        session.execute(update(Case).where(*is_same).values(verifier=made))
    limits.give_back(session, everything, now=now)
    limits.give_back(session, one, now=now)
    return Entry.OPENED


def _is_open_to_person(case: Case) -> bool:
    return case.wrapped_key is not None and case.status is not CaseStatus.WITHDRAWN


def _buckets(keyring: Keyring, number: str, address: str) -> tuple[str, str]:
    """Return the counters' names: for this case, and for all; neither shows the address."""
    origin = limits.fold_address(address)
    one = limits.private_bucket(keyring, "code", origin, number)
    return one, limits.private_bucket(keyring, "codes", origin)
