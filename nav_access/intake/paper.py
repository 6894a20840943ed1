"""A request on paper, entered by staff: its clock runs from when the office got the sheet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake import service
from nav_access.intake.applications import Application, Receipt, Submission
from nav_access.intake.codes import ActorKind, Channel, EventKind
from nav_access.intake.errors import NotHandedInThen
from nav_access.intake.events import Actor, NewEvent, append
from nav_access.intake.models import Case
from nav_access.staff.rules import Who

OLDEST = timedelta(days=28)
"""Longer than a sheet lies in a letter box over Christmas, and a month mistyped is found out."""


def enter(
    session: Session,
    who: Who,
    application: Application,
    submission: Submission,
    handed_in_utc: datetime,
    *,
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    """Store a request that came on paper, once; the key is on the first receipt alone.

    Raises NotHandedInThen, and DistrictNeeded and FormUsed as `service.receive` does.
    """
    if not was_handed_in(handed_in_utc, now):
        raise NotHandedInThen
    sent = replace(application, channel=Channel.PAPER, handed_in_utc=handed_in_utc)
    receipt = service.receive(session, sent, submission, keyring=keyring, now=now)
    if receipt.is_repeat:
        # The code is the person's: the page that gave it to them is not shown again.
        return replace(receipt, key=None)
    case = session.scalars(select(Case).where(Case.number == receipt.number)).one()
    actor = Actor(ActorKind.STAFF, who.staff_id)
    detail = {"handed_in": f"{handed_in_utc.astimezone(UTC):%Y-%m-%dT%H:%MZ}"}
    event = NewEvent(EventKind.PAPER_ENTERED, actor, detail)
    append(session, case, event, seen=case.version, keyring=keyring, now=now)
    subject = f"case:{case.number}"
    audit.record(
        session, now=now, actor=actor.name, action="paper.entered", subject=subject, detail=detail
    )
    return receipt


def was_handed_in(at: datetime, now: datetime) -> bool:
    """Say whether a sheet can have been handed in at an instant: neither to come nor long ago."""
    return now - OLDEST < at <= now
