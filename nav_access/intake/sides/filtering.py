"""Which cases hold a need of one side: by the rule, but for needs somebody has handed over."""

from sqlalchemy import ColumnElement, String, and_, exists, or_, type_coerce
from sqlalchemy.orm import aliased

from nav_access.intake.codes import Need
from nav_access.intake.models import Case
from nav_access.intake.sides.models import CaseNeed
from nav_access.intake.sides.rules import DEFAULT_SIDES
from nav_access.staff.codes import Side


def has_need_of(side: Side) -> ColumnElement[bool]:
    """Return the condition a case meets that holds a need of this side, or of both.

    What nobody has touched is read from the case's own row; a stored need by its key alone.
    """
    stored = aliased(CaseNeed)
    is_theirs = or_(stored.side == side, stored.side == Side.BOTH)
    is_given = exists().where(stored.case_id == Case.id, is_theirs)
    return or_(*map(_is_theirs_by_rule, _list_by_rule(side)), is_given)


def _list_by_rule(side: Side) -> list[Need]:
    return [need for need, owner in DEFAULT_SIDES.items() if owner in (side, Side.BOTH)]


def _is_theirs_by_rule(need: Need) -> ColumnElement[bool]:
    # A set of codes is stored as one text; its own type would split the pattern.
    is_there = type_coerce(Case.needs, String).contains(str(need))
    stored = aliased(CaseNeed)
    is_changed = exists().where(stored.case_id == Case.id, stored.need == str(need))
    return and_(is_there, ~is_changed)
