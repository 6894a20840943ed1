"""How the sample's made-up offices give direct numbers: one to everybody, one by day of birth."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.models import DirectNumberLine, DirectNumberPolicy
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine, Office
from nav_access.offices.service import SAMPLE

FIRST_OF_LATE_DAYS, LAST_DAY = 16, 31
POLICIES = {"9901": Split.EVERYBODY, "9904": Split.BIRTH_DAY}


def load_sample_policies(session: Session) -> int:
    """Give the sample's offices a policy where they have none; return how many got one."""
    is_ours = Office.source == SAMPLE, Office.number.in_(POLICIES)
    rows = session.execute(select(Office.number, Office.id).where(*is_ours)).all()
    return sum(_load(session, office_id, POLICIES[number]) for number, office_id in rows)


def _load(session: Session, office_id: int, split: Split) -> int:
    mine = DutyLine.office_id == office_id, DutyLine.audience == DutyAudience.PUBLIC
    lines = list(session.scalars(select(DutyLine.id).where(*mine).order_by(DutyLine.position)))
    if not lines or session.get(DirectNumberPolicy, office_id) is not None:
        return 0
    session.add(
        DirectNumberPolicy(office_id=office_id, split=split, version=1, submission=b"sample")
    )
    session.flush()
    session.add(DirectNumberLine(office_id=office_id, line_id=lines[0]))
    if split is Split.BIRTH_DAY:
        days = {"first_day": FIRST_OF_LATE_DAYS, "last_day": LAST_DAY}
        session.add_all(
            DirectNumberLine(office_id=office_id, line_id=line_id, **days) for line_id in lines[1:2]
        )
    return 1
