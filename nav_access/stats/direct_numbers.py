"""Who got a direct number, and who did not."""

from sqlalchemy import and_, func
from sqlalchemy.orm import Session

from nav_access.intake.direct_number.models import DirectNumber
from nav_access.intake.direct_number.queries import begun_between
from nav_access.intake.models import Case
from nav_access.stats.by_office import OfficeLines, tell_offices
from nav_access.stats.hiding import Count
from nav_access.stats.periods import Period
from nav_access.stats.scope import Scope

COLUMNS = 2
"""Got one, did not; their sum is everybody somebody began on."""


def count_direct_numbers(session: Session, scope: Scope, period: Period) -> OfficeLines:
    """Count the people somebody first began on in a period, at the office that has them now."""
    has_one = and_(DirectNumber.case_id == Case.id, DirectNumber.office_id == Case.office_id)
    rows = session.execute(
        begun_between(period.since, period.until)
        .outerjoin(DirectNumber, has_one)
        .with_only_columns(Case.office_id, func.count(DirectNumber.id), func.count())
        .where(scope.holds(Case.office_id))
        .group_by(Case.office_id)
    )
    counts = {
        office_id: [Count(given, given), Count(begun - given, begun - given)]
        for office_id, given, begun in rows
    }
    return tell_offices(session, scope, counts, COLUMNS)
