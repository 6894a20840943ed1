"""Each office's policy for ringing: what it has written down, else what holds for everybody."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from nav_access.callbacks.models import CallPolicy
from nav_access.callbacks.rules import Policy

DEFAULT = Policy()


class PolicyTooWeak(Exception):
    """A policy that would give people up sooner than after one attempt, or on more days."""


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
    least_minutes = min(policy.manager_after_minutes, policy.contact_centre_after_minutes)
    if not 1 <= policy.days <= policy.attempts or least_minutes < 0:
        raise PolicyTooWeak
    session.merge(CallPolicy(office_id=office_id, **asdict(policy)))
