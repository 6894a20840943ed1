"""How the contact centre's attempts to put callers through to offices went."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.centre.models import Transfer
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_for_everybody
from nav_access.stats.by_office import OfficeLines, tell_offices
from nav_access.stats.hiding import Count
from nav_access.stats.periods import Period
from nav_access.stats.scope import Scope

OUTCOMES = (
    TransferOutcome.ANSWERED,
    TransferOutcome.NOT_ANSWERED,
    TransferOutcome.BUSY,
    TransferOutcome.VOICEMAIL,
)
"""The columns."""


def count_transfers(session: Session, scope: Scope, period: Period) -> OfficeLines:
    """Count a period's attempts by office and outcome.

    Attempts about one case are of one person; a caller without a case counts as one each time.
    """
    rows = session.execute(
        select(
            Transfer.office_id,
            Transfer.outcome,
            func.count(),
            func.count(Transfer.case_id.distinct()) + func.count() - func.count(Transfer.case_id),
        )
        .outerjoin(Case, Case.id == Transfer.case_id)
        .where(scope.holds(Transfer.office_id))
        .where(Transfer.at_utc >= period.since, Transfer.at_utc < period.until)
        .where(or_(Transfer.case_id.is_(None), is_for_everybody()))
        .group_by(Transfer.office_id, Transfer.outcome)
    )
    found: dict[int, dict[TransferOutcome, Count]] = {}
    for office_id, outcome, attempts, people in rows:
        found.setdefault(office_id, {})[outcome] = Count(attempts, people)
    counts = {
        office_id: [by_outcome.get(outcome, Count()) for outcome in OUTCOMES]
        for office_id, by_outcome in found.items()
    }
    return tell_offices(session, scope, counts, len(OUTCOMES))
