"""The small plan both sides make with the person: add a step, change it, say that it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import find_open_booking
from nav_access.core.clock import to_oslo
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.handling import Turn
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import Greeting, greeting
from nav_access.intake.sealing import open_seal
from nav_access.intake.sides.acting import take_own, write
from nav_access.intake.sides.codes import CommonStep, StepChange
from nav_access.intake.sides.errors import (
    AfterPromise,
    DayPassed,
    NothingChanged,
    NotTheirWay,
    StepGone,
    TooManySteps,
)
from nav_access.intake.sides.models import PlanStep
from nav_access.intake.wishes import find_wishes
from nav_access.staff.codes import Side

MOST_STEPS = 8
"""Steps of one plan: what fits on a small phone, and what anybody can hold in mind."""

MOST_WORDS = 120
"""Letters of a step in one's own words: one sentence."""

FIRST_CONTACT = {CommonStep.RING: Purpose.CALLBACK, CommonStep.MEET: Purpose.MEETING}
"""Steps by which we may speak with the person for the first time, and as what they are booked."""

_NOT_RUNG = {Greeting.DO_NOT_RING, Greeting.RING_HELPER}


@dataclass(frozen=True, slots=True)
class StepWish:
    """What a step is to say: a common one, or own words and the language they are in."""

    side: Side
    common: CommonStep | None = None
    words: str | None = None
    language: str | None = None
    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is read, its words opened."""

    step_id: int
    common: CommonStep | None
    words: str | None
    language: str | None
    side: Side
    on_date: date | None
    done_utc: datetime | None


def add_step(
    session: Session, turn: Turn, wish: StepWish, *, keyring: Keyring, now: datetime
) -> None:
    """Add a step to the plan. Raises what `Turn` says, TooManySteps, and what `check` does."""
    case, _ = take_own(session, turn, EventKind.PLAN_CHANGED, keyring)
    check(session, case, wish, now=now)
    count = select(func.count()).select_from(PlanStep).where(PlanStep.case_id == case.id)
    if session.scalars(count).one() >= MOST_STEPS:
        raise TooManySteps
    step = PlanStep(case_id=case.id, name=token_hex(16))
    _fill(step, wish, case, keyring)
    session.add(step)
    _write(session, case, turn, step, StepChange.ADDED, keyring, now)


def change_step(
    session: Session, turn: Turn, step_id: int, wish: StepWish, *, keyring: Keyring, now: datetime
) -> None:
    """Let a step say something else. Raises what `Turn` says, StepGone, and what `check` does.

    What is done may say the day it was done.
    """
    case, step = _take(session, turn, step_id, keyring)
    if step.done_utc is None:
        check(session, case, wish, now=now)
    _fill(step, wish, case, keyring)
    _write(session, case, turn, step, StepChange.CHANGED, keyring, now)


def check(session: Session, case: Case, wish: StepWish, *, now: datetime) -> None:
    """Raise why the person must not read this step that is to be done.

    DayPassed; AfterPromise, where we are to contact them for the first time later than they
    were promised and not at a time they booked; NotTheirWay, where they are not to be rung.
    """
    if wish.on_date is not None and wish.on_date < to_oslo(now).date():
        raise DayPassed
    if wish.common is CommonStep.RING and not _may_be_rung(session, case, now):
        raise NotTheirWay
    if wish.common in FIRST_CONTACT and wish.on_date is not None:
        _check_promise(session, case, wish.on_date, FIRST_CONTACT[wish.common], now)


def _check_promise(
    session: Session, case: Case, day: date, purpose: Purpose, now: datetime
) -> None:
    if case.status is not CaseStatus.WAITING or day <= to_oslo(case.deadline_utc).date():
        return
    booked = find_open_booking(session, case.id, purpose, now=now)
    if booked is None or to_oslo(booked.starts_utc).date() != day:
        raise AfterPromise


def _may_be_rung(session: Session, case: Case, now: datetime) -> bool:
    wishes = find_wishes(session, case.id, now)
    return wishes is not None and _NOT_RUNG.isdisjoint(greeting(wishes))


def finish_step(
    session: Session,
    turn: Turn,
    step_id: int,
    *,
    is_done: bool,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Say that a step is done, or that it is not after all. Raises StepGone, NothingChanged."""
    case, step = _take(session, turn, step_id, keyring)
    if (step.done_utc is not None) is is_done:
        raise NothingChanged
    step.done_utc = now if is_done else None
    change = StepChange.DONE if is_done else StepChange.OPENED
    _write(session, case, turn, step, change, keyring, now)


def remove_step(
    session: Session, turn: Turn, step_id: int, *, keyring: Keyring, now: datetime
) -> None:
    """Take a step out of the plan; the timeline keeps that it was there. Raises StepGone."""
    case, step = _take(session, turn, step_id, keyring)
    session.execute(delete(PlanStep).where(PlanStep.id == step.id))
    _write(session, case, turn, step, StepChange.REMOVED, keyring, now)


def read_plan(session: Session, case: Case, keyring: Keyring) -> tuple[Step, ...]:
    """Return a case's plan: what is left to do first, the nearest day first."""
    rows = session.scalars(select(PlanStep).where(PlanStep.case_id == case.id)).all()
    if not rows:
        return ()
    seal = open_seal(keyring, case)
    steps = (_open(row, seal, case.number) for row in rows)
    return tuple(sorted(steps, key=_order))


def _order(step: Step) -> tuple[bool, date, int]:
    return step.done_utc is not None, step.on_date or date.max, step.step_id


def _take(session: Session, turn: Turn, step_id: int, keyring: Keyring) -> tuple[Case, PlanStep]:
    case, _ = take_own(session, turn, EventKind.PLAN_CHANGED, keyring)
    step = session.get(PlanStep, step_id, populate_existing=True)
    if step is None or step.case_id != case.id:
        raise StepGone
    return case, step


def _fill(step: PlanStep, wish: StepWish, case: Case, keyring: Keyring) -> None:
    own = wish.words if wish.common is None else None
    step.common = wish.common
    step.words_language = wish.language if own else None
    step.words_sealed = _seal(open_seal(keyring, case), case.number, step.name, own)
    step.side, step.on_date = wish.side, wish.on_date


def _seal(seal: CaseSeal, number: str, name: str, words: str | None) -> bytes | None:
    if not words:
        return None
    row = f"{number}/{name}"
    return seal.seal(words, table=PlanStep.__tablename__, row=row, column="words")


def _open(step: PlanStep, seal: CaseSeal, number: str) -> Step:
    words = None
    if step.words_sealed is not None:
        row = f"{number}/{step.name}"
        table = PlanStep.__tablename__
        words = seal.open_text(step.words_sealed, table=table, row=row, column="words")
    return Step(
        step.id,
        step.common,
        words,
        step.words_language,
        step.side,
        step.on_date,
        step.done_utc,
    )


def _write(
    session: Session,
    case: Case,
    turn: Turn,
    step: PlanStep,
    change: StepChange,
    keyring: Keyring,
    now: datetime,
) -> None:
    detail = {"change": str(change), "common": str(step.common) if step.common else None}
    write(session, case, turn, EventKind.PLAN_CHANGED, detail, None, keyring=keyring, now=now)
