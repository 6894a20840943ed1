"""What an operator may know of, as conditions: a case they looked up, or one left to the centre."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from nav_access.callbacks.codes import EscalationStep
from nav_access.intake.calling.escalations import is_left_to_centre
from nav_access.intake.centre.codes import LookedBy
from nav_access.intake.centre.models import CentreMessage, LookedUp, LookUp
from nav_access.intake.centre.rules import OPEN_FOR, is_operator
from nav_access.intake.codes import CaseStatus
from nav_access.intake.doubles import is_as_any_other
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_centres_role, is_for_everybody
from nav_access.staff.rules import Who


def is_known_to_centre() -> ColumnElement[bool]:
    """Return the condition a case meets that the centre may know of at all.

    Erased, withdrawn and protected ones are as if they were not there.
    """
    return and_(_is_there(), is_for_everybody())


def is_known_by_number() -> ColumnElement[bool]:
    """Return the condition a case meets that whoever says its number may hear of.

    Also one that is protected for its phone alone: not to find it would tell whoever sent it
    that the phone is a protected person's.
    """
    return and_(_is_there(), is_as_any_other())


def is_known_by_phone(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets that an operator may find by a phone.

    One that is protected for it only where they took the request themselves.
    """
    return or_(is_known_to_centre(), and_(is_known_by_number(), _is_taken_by(who)))


def opens(who: Who, now: datetime) -> ColumnElement[bool]:
    """Return the condition a case meets that this operator may open now.

    They found it by a look-up within the hour, which is logged with its reason, or it is left to
    the contact centre: its promise ran out, or a message about it was never acknowledged.
    """
    if not is_operator(who):
        return false()
    is_found = and_(is_known_by_number(), _is_looked_up(who, now))
    return or_(is_found, is_task())


def is_task() -> ColumnElement[bool]:
    """Return the condition that a case is left to the contact centre."""
    return and_(is_known_to_centre(), or_(is_left_to_centre(), has_unread_at_top()))


def has_unread_at_top() -> ColumnElement[bool]:
    """Return the condition that some message of a case came back to the centre unacknowledged."""
    # Told apart from a message the question is about: this may be any of the case's.
    return select(CentreMessage.id).where(is_unread_at_top()).correlate(Case).exists()


def is_unread_by_role(who: Who) -> ColumnElement[bool]:
    """Return the condition that a protected case's message came back to this reader's role."""
    is_theirs = and_(Case.is_protected.is_(True), is_centres_role(who))
    return and_(is_theirs, has_unread_at_top())


def is_unread_at_top() -> ColumnElement[bool]:
    """Return the condition that a message of a case came back to the centre unacknowledged."""
    return and_(
        CentreMessage.case_id == Case.id,
        CentreMessage.step == EscalationStep.CONTACT_CENTRE,
        CentreMessage.acknowledged_utc.is_(None),
    )


def _is_there() -> ColumnElement[bool]:
    return and_(Case.wrapped_key.is_not(None), Case.status != CaseStatus.WITHDRAWN)


def _is_taken_by(who: Who) -> ColumnElement[bool]:
    """Return the condition that this operator took the request."""
    return exists().where(
        LookedUp.case_id == Case.id,
        LookUp.id == LookedUp.look_up_id,
        LookUp.staff_id == who.staff_id,
        LookUp.looked_by == LookedBy.REQUEST,
    )


def _is_looked_up(who: Who, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        LookedUp.case_id == Case.id,
        LookUp.id == LookedUp.look_up_id,
        LookUp.staff_id == who.staff_id,
        LookUp.at_utc > now - OPEN_FOR,
    )
