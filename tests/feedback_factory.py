"""Somebody who wrote about the pages."""

from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.feedback import service
from nav_access.feedback.models import Feedback
from nav_access.feedback.sealing import Said

WORDS = "Knappen «Send» er borte."
EMAIL = "kari@example.org"
PHONE = "+4740000000"
_counter = count(1)


def write(
    session: Session,
    keyring: Keyring,
    now: datetime,
    *,
    text: str = WORDS,
    page: str = "/nb/help",
    email: str | None = EMAIL,
    phone: str | None = None,
    language: str = "nb",
) -> int:
    """Store what somebody wrote; return its number."""
    n = next(_counter)
    service.receive(
        session,
        Said(text, page, email, phone),
        once=f"form-{n}",
        language=language,
        address=f"192.0.2.{n % 250}",
        is_shared_network=True,
        keyring=keyring,
        now=now,
    )
    return session.scalars(select(Feedback.id).where(Feedback.once == f"form-{n}")).one()
