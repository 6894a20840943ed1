"""How a case's person may be reached now: what they said, and who stands in for them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.acting.lines import find_line, has_line_ended
from nav_access.intake.codes import Channel
from nav_access.intake.models import Case, Reaching
from nav_access.intake.safe_contact import Wishes


def find_wishes(session: Session, case_id: int, now: datetime) -> Wishes | None:
    """Return how a case's person may be reached now; None when the case is unknown."""
    case, reaching = session.get(Case, case_id), session.get(Reaching, case_id)
    return read_wishes(session, case, reaching, now) if case and reaching else None


def find_wishes_of(session: Session, number: str, now: datetime) -> Wishes | None:
    """Return the same of a case whose number the reader may know."""
    case_id = session.scalar(select(Case.id).where(Case.number == number))
    return find_wishes(session, case_id, now) if case_id is not None else None


def read_wishes(session: Session, case: Case, reaching: Reaching, now: datetime) -> Wishes:
    """Return the wishes stored with a case, and whether an agency is rung in their place now.

    Only a request an agency sent can have one.
    """
    may_have_helper = case.channel is Channel.PARTNER
    return Wishes(
        reach=reaching.reach,
        may_leave_voicemail=reaching.may_leave_voicemail,
        may_say_who=reaching.may_say_who,
        has_phone=reaching.phone_sealed is not None,
        has_email=reaching.email_sealed is not None,
        best_time=reaching.best_time,
        is_helper_rung=may_have_helper and find_line(session, case.id, now) is not None,
        has_helper_ended=may_have_helper and has_line_ended(session, case.id, now),
    )
