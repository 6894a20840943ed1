"""Reading from a case's events what has been tried since the person was last heard from."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.calling.rounds import TELLING, Round, Told, read_round
from nav_access.intake.models import CaseEvent


def read_events(session: Session, case_id: int) -> Round:
    """Return what has been tried since the person was last heard from."""
    rows = session.execute(
        select(CaseEvent.kind, CaseEvent.at_utc, CaseEvent.detail)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(TELLING))
        .order_by(CaseEvent.seq)
    )
    return read_round(Told(*row) for row in rows)
