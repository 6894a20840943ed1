"""Where each need of a case stands: who has it and how far it is, read and written."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import EventKind, Need
from nav_access.intake.handling import Turn
from nav_access.intake.models import Case
from nav_access.intake.sides.acting import take_own, write
from nav_access.intake.sides.codes import NeedStatus
from nav_access.intake.sides.errors import NothingChanged, NotTheirSide
from nav_access.intake.sides.models import CaseNeed
from nav_access.intake.sides.rules import NeedState, default_state, works_for
from nav_access.staff.codes import Side


def read_states(session: Session, case_id: int, needs: Iterable[str]) -> dict[str, NeedState]:
    """Return where each need of a case stands: as stored, else as it began."""
    rows = session.execute(
        select(CaseNeed.need, CaseNeed.side, CaseNeed.status).where(CaseNeed.case_id == case_id)
    )
    stored = {need: NeedState(side, status) for need, side, status in rows}
    return {need: stored.get(need) or default_state(need) for need in needs}


def set_statuses(
    session: Session,
    turn: Turn,
    statuses: Mapping[Need, NeedStatus],
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Say how far the work with needs is; those that stand so already are passed over.

    Raises what `Turn` says, NotTheirSide for a need another side has, and NothingChanged.
    """
    case, mine = take_own(session, turn, EventKind.NEED_CHANGED, keyring)
    states = read_states(session, case.id, case.needs)
    changed = {
        str(need): status
        for need, status in statuses.items()
        if need in states and states[need].status is not status
    }
    if not all(works_for(mine, states[need].side) for need in changed):
        raise NotTheirSide
    if not changed:
        raise NothingChanged
    for need, status in changed.items():
        store_state(session, case, need, NeedState(states[need].side, status))
    detail = {"statuses": {need: str(status) for need, status in changed.items()}}
    write(session, case, turn, EventKind.NEED_CHANGED, detail, None, keyring=keyring, now=now)


def give(session: Session, case: Case, need: str, side: Side) -> None:
    """Let a side have a need from now on."""
    status = read_states(session, case.id, [need])[need].status
    store_state(session, case, need, NeedState(side, status))


def store_state(session: Session, case: Case, need: str, state: NeedState) -> None:
    """Store where a need stands; the caller holds the case."""
    session.merge(CaseNeed(case_id=case.id, need=need, side=state.side, status=state.status))
    session.flush()
