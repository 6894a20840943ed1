"""The one gate before protected persons: who may know of a case, as conditions for every query.

A list of any kind asks `is_hidden_from`; the contact centre's lists, statistics and exports ask
`is_for_everybody`, agencies and look-ups `doubles.is_as_any_other`. What opens one case to one
person is `staff_queries.allows`.
"""

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import aliased

from nav_access.intake.doubles import is_double
from nav_access.intake.models import Case, Reaching
from nav_access.intake.protected.models import GlassBreak
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.rules import Who


def is_for_everybody() -> ColumnElement[bool]:
    """Return the condition a case meets that may be known outside its office, or counted."""
    return Case.is_protected.is_(False)


def is_hidden_from(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets that this reader may not know of, whosever it is.

    A protected one is known to those of its office with the role, to whoever has claimed it, and
    to those with the role at a contact centre; one that is protected for its phone, to those with
    the role where that person's case is. Broken glass opens a case and puts it on no list.
    """
    claimed = and_(Case.claimed_by.is_not(None), Case.claimed_by == who.staff_id)
    at_office = Case.office_id.in_(who.protected_office_ids) if has_role(who) else false()
    is_known = or_(at_office, claimed, is_centres_role(who), is_double_of(who))
    return and_(Case.is_protected.is_(True), not_(is_known))


def is_opened_by(who: Who) -> ColumnElement[bool]:
    """Return the condition that this reader broke the glass and it is not shut again yet.

    Somebody of whom it is not known when they were found has nothing open.
    """
    if who.at_utc is None:
        return false()
    broken = exists().where(
        GlassBreak.case_id == Case.id,
        GlassBreak.staff_id == who.staff_id,
        GlassBreak.until_utc > who.at_utc,
        Case.office_id.in_(who.office_ids),
    )
    return broken.correlate(Case)


def is_double_of(who: Who) -> ColumnElement[bool]:
    """Return the condition that a case came with the phone of a protected person of this reader's.

    Not the other way round: who has the double learns nothing of where the person's case is.
    """
    if not has_role(who):
        return false()
    first, its, own = aliased(Case), aliased(Reaching), aliased(Reaching)
    theirs = exists().where(
        own.case_id == Case.id,
        its.phone_index == own.phone_index,
        first.id == its.case_id,
        first.office_id.in_(who.protected_office_ids),
        first.is_protected.is_(True),
        not_(is_double(first)),
    )
    return and_(is_double(), theirs.correlate(Case))


def falls_to_centre(who: Who) -> ColumnElement[bool]:
    """Return the condition that a protected case is this reader's: nobody at its office sees it.

    Nobody who may sign in has the role there, and the reader has it at a contact centre.
    """
    return and_(Case.is_protected.is_(True), is_centres_role(who), not_(has_keeper()))


def has_keeper() -> ColumnElement[bool]:
    """Return the condition that somebody at a case's office sees its protected persons."""
    return (
        exists()
        .where(Membership.office_id == Case.office_id, Membership.sees_protected.is_(True))
        .where(StaffMember.id == Membership.staff_id, StaffMember.is_disabled.is_(False))
        # Alone: a query may have joined staff of its own, who are somebody else.
        .correlate(Case)
    )


def is_centres_role(who: Who) -> ColumnElement[bool]:
    """Return the condition that this reader has the role at a contact centre."""
    if not has_role(who):
        return false()
    is_centre = Office.kind == OfficeKind.CONTACT_CENTRE
    centre = select(Office.id).where(Office.id.in_(who.protected_office_ids), is_centre)
    return centre.correlate(None).exists()


def has_role(who: Who) -> bool:
    """Say whether this reader sees protected persons anywhere."""
    return bool(who.protected_office_ids)


def may_keep(case: Case, who: Who) -> bool:
    """Say whether a case may be this reader's from now on; a look in an emergency is none."""
    has_it = case.claimed_by == who.staff_id
    return not case.is_protected or has_it or case.office_id in who.protected_office_ids
