"""Whoever answers another office's line finds its cases by number, while they answer it.

They read a case, log contact, write notes and plan calls. It stays with its office: nothing of it
is on a list of theirs, and whose it is is not for them to change.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.models import Case
from nav_access.intake.staff_queries import allows_acting
from nav_access.offices.roster.answering import find_answered_for
from nav_access.staff.rules import AnswersFor, Who


def read_as(session: Session, who: Who, number: str, now: datetime) -> Who:
    """Return a member of staff as they may open this case: with cover when it is not theirs.

    Asked where one case is opened by its number, and nowhere else: no list has a use for it.
    """
    office_id = session.scalar(select(Case.office_id).where(Case.number == number))
    if office_id is None or office_id in who.office_ids:
        return who
    answered = find_answered_for(session, office_id, who.office_ids, now)
    if answered is None or _is_theirs(session, who, number):
        return who
    cover = AnswersFor(answered.office_name, answered.cover_id, answered.until_utc)
    return replace(who, covers={office_id: cover})


def _is_theirs(session: Session, who: Who, number: str) -> bool:
    """Say whether they may act in it already, by a task they have: cover would only narrow it."""
    theirs = select(Case.id).where(Case.number == number, allows_acting(who))
    return session.scalar(theirs) is not None
