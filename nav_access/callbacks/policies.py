"""Each office's policy for ringing: what it has written down, else what holds for everybody."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from nav_access.callbacks.codes import USUAL_FALLBACKS
from nav_access.callbacks.models import CallPolicy
from nav_access.callbacks.rules import Policy
from nav_access.core import audit
from nav_access.core.orm import insert_unless_taken

DEFAULT = Policy()


class PolicyTooWeak(Exception):
    """A policy that would give people up sooner than after one attempt, or on more days."""


class PolicyChanged(Exception):
    """Somebody else has changed the policy since it was read."""


def get_policy(session: Session, office_id: int) -> Policy:
    """Return how an office rings."""
    row = session.get(CallPolicy, office_id)
    if row is None:
        return DEFAULT
    return Policy(
        attempts=row.attempts,
        days=row.days,
        fallback=row.fallback,
        manager_after_minutes=row.manager_after_minutes,
        contact_centre_after_minutes=row.contact_centre_after_minutes,
    )


def set_policy(session: Session, office_id: int, policy: Policy) -> None:
    """Write down how an office rings; raises PolicyTooWeak when it makes no sense."""
    check_policy(policy)
    session.merge(CallPolicy(office_id=office_id, **asdict(policy)))


def replace_policy(
    session: Session, office_id: int, seen: Policy, policy: Policy, *, actor: str, now: datetime
) -> None:
    """Write down how an office rings in the place of what the manager saw.

    Raises PolicyTooWeak, or PolicyChanged when something else holds by now.
    """
    check_policy(policy)
    if get_policy(session, office_id) == policy:
        return
    if not _swap(session, office_id, seen, policy):
        raise PolicyChanged
    session.expire_all()
    subject = f"office:{office_id}"
    audit.record(session, now=now, actor=actor, action="office.calls_written", subject=subject)


def check_policy(policy: Policy) -> None:
    """Raise PolicyTooWeak for a policy that makes no sense."""
    is_usual = policy.fallback in USUAL_FALLBACKS
    least_minutes = min(policy.manager_after_minutes, policy.contact_centre_after_minutes)
    if not is_usual or not 1 <= policy.days <= policy.attempts or least_minutes < 0:
        raise PolicyTooWeak


def _swap(session: Session, office_id: int, seen: Policy, policy: Policy) -> bool:
    """Replace one policy by another in one statement; say whether the one seen still held."""
    held = [getattr(CallPolicy, name) == value for name, value in asdict(seen).items()]
    swapped = session.execute(
        update(CallPolicy)
        .where(CallPolicy.office_id == office_id, *held)
        .values(**asdict(policy))
        .returning(CallPolicy.office_id)
        .execution_options(synchronize_session=False)
    )
    if swapped.first() is not None:
        return True
    values = {"office_id": office_id, **asdict(policy)}
    return seen == DEFAULT and insert_unless_taken(session, CallPolicy, values) is not None
