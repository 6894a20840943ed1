"""What happens because time passes: plans, escalations, slots; safe in many processes, twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.cooling import release_cooled
from nav_access.appointments.making import list_offices_to_make, make_slots
from nav_access.appointments.service import pass_over
from nav_access.callbacks.queries import list_late, list_unnamed
from nav_access.core import limits
from nav_access.core.db import Database
from nav_access.core.runs import RunReport, Work, do_piece
from nav_access.core.security.keyring import Keyring
from nav_access.intake.acting.drafts import forget_old
from nav_access.intake.calling import service as calling
from nav_access.intake.calling.escalations import list_overdue, step_up
from nav_access.intake.calling.planned import list_left, list_misplaced
from nav_access.intake.centre.clock import escalate, list_unread_due
from nav_access.intake.models import Case
from nav_access.intake.sides.late import list_unanswered, tell_unanswered
from nav_access.intake.texting.abandoned import finish_abandoned, list_abandoned
from nav_access.offices.queries import get_data_version

COMPARE_EVERY = timedelta(hours=1)
"""How often planned times are compared with the offices' hours, besides when those change."""

Verb = Callable[..., int]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over everything, as of one instant."""

    database: Database
    keyring: Keyring
    now: datetime
    report: RunReport


def run_clocks(database: Database, keyring: Keyring, *, now: datetime) -> RunReport:
    """Do everything that is due at `now`; many may run it at once, and again at once.

    Every case is a unit of work of its own, held while it is looked at, so whoever comes
    second sees that it is done. What goes wrong with one is told and left for the next run.
    Raises DatabaseUnavailable when the database cannot even be read.
    """
    run = _Run(database, keyring, now, RunReport())
    _do(run, "passed", partial(pass_over, now=now))
    _for_cases(run, "replanned", _list(run, list_late), calling.after_late)
    if _do(run, "compared", partial(_is_time_to_compare, now=now)):
        _for_cases(run, "moved", _list(run, list_misplaced), calling.after_hours_changed)
    for find in (list_unnamed, list_left):
        _for_cases(run, "named", _list(run, find), calling.name_somebody)
    _for_cases(run, "escalated", _list(run, list_overdue), step_up)
    _for_cases(run, "unanswered", _list(run, list_unanswered), tell_unanswered)
    _for_cases(run, "unread", _list(run, list_unread_due), escalate)
    for dialogue_id in _list(run, list_abandoned):
        work = partial(finish_abandoned, dialogue_id=dialogue_id, keyring=keyring, now=now)
        _do(run, "conversations", work)
    for office_id in _list(run, _list_offices):
        _do(run, "slots", partial(_make_slots, office_id=office_id, now=now))
    _do(run, "freed", partial(release_cooled, now=now))
    _do(run, "drafts", partial(forget_old, now=now))
    _do(run, "forgotten", partial(_forget, now=now))
    return run.report


def _list(run: _Run, find: Callable[[Session, datetime], Sequence[int]]) -> Sequence[int]:
    with run.database.read_session() as session:
        return find(session, run.now)


def _for_cases(run: _Run, task: str, case_ids: Iterable[int], verb: Verb) -> None:
    for case_id in case_ids:
        _do(run, task, partial(_with_case, run, case_id, verb))


def _with_case(run: _Run, case_id: int, verb: Verb, session: Session) -> int:
    """Hold one case and do something to it, if it is there still."""
    case = session.scalar(
        select(Case).where(Case.id == case_id, Case.wrapped_key.is_not(None)).with_for_update()
    )
    return verb(session, case, keyring=run.keyring, now=run.now) if case else 0


def _do(run: _Run, task: str, work: Work) -> int:
    return do_piece(run.database, run.report, task, work)


def _is_time_to_compare(session: Session, now: datetime) -> bool:
    """Say, to one of many processes, whether hours changed or an hour has gone by."""
    bucket = f"clocks:hours:{get_data_version(session)}"
    return limits.take_try(session, bucket, cap=1, window=COMPARE_EVERY, now=now)


def _list_offices(session: Session, now: datetime) -> Sequence[int]:
    return list_offices_to_make(session, now=now)


def _make_slots(session: Session, office_id: int, now: datetime) -> int:
    report = make_slots(session, now=now, office_id=office_id)
    return report.made + report.changed + report.removed


def _forget(session: Session, now: datetime) -> int:
    limits.forget_old(session, now)
    return 0
