"""How many requests one address may send: a flood is stopped, an acute request never is."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from nav_access.core import limits
from nav_access.core.security.keyring import Keyring
from nav_access.intake import service
from nav_access.intake.applications import Receipt
from nav_access.intake.codes import Flag, Urgency
from nav_access.intake.errors import TooManyRequests

REQUESTS_AN_HOUR = 10

REQUESTS_FROM_SHARED_NETWORK = 200
"""The same for a network many people share: an office, a library, a shelter."""


def count_request(
    session: Session,
    receipt: Receipt,
    *,
    address: str,
    is_shared_network: bool,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Count a request just stored in this unit of work.

    Raises TooManyRequests when the address has sent its number within the hour, and then
    nothing may be kept. An acute one is kept all the same, and flagged for staff.
    """
    if _take(session, address, is_shared_network=is_shared_network, keyring=keyring, now=now):
        return
    if receipt.promise.urgency is not Urgency.ACUTE:
        raise TooManyRequests
    service.flag(session, receipt.number, Flag.MANY_FROM_ADDRESS)


def count_refusal(
    session: Session, *, address: str, is_shared_network: bool, keyring: Keyring, now: datetime
) -> bool:
    """Count a request refused for what somebody else's phone and name have; False: too many.

    Refusals tell that there is something, so they are as few as requests. Nothing else may be
    in this unit of work: it must be kept.
    """
    return _take(session, address, is_shared_network=is_shared_network, keyring=keyring, now=now)


def _take(
    session: Session, address: str, *, is_shared_network: bool, keyring: Keyring, now: datetime
) -> bool:
    bucket = limits.private_bucket(keyring, "help", limits.fold_address(address))
    most = REQUESTS_FROM_SHARED_NETWORK if is_shared_network else REQUESTS_AN_HOUR
    return limits.take_try(session, bucket, cap=most, window=timedelta(hours=1), now=now)
