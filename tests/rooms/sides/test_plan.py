"""The plan: common steps and own words, changed by whoever saw it as it is, read by the person."""

from datetime import date

import pytest
from sqlalchemy import select, update

from nav_access.intake import person
from nav_access.intake.errors import CaseChanged, CaseNotFound
from nav_access.intake.models import Case
from nav_access.intake.sides import plan
from nav_access.intake.sides.codes import CommonStep
from nav_access.intake.sides.errors import NothingChanged, StepGone, TooManySteps
from nav_access.intake.sides.models import PlanStep
from nav_access.intake.sides.plan import MOST_STEPS, StepWish
from nav_access.intake.sides.queries import get_person_plan
from nav_access.staff.codes import Side

RING = StepWish(Side.STATE, CommonStep.RING, on_date=date(2026, 11, 25))
OWN = StepWish(Side.MUNICIPAL, words="Vi snakker med utleieren.", language="nb")


def steps(desk):
    with desk.database.read_session() as session:
        return get_person_plan(session, desk.number, keyring=desk.keyring)


@pytest.fixture
def planned(desk):
    desk.begin()
    desk.act(plan.add_step, desk.mona, OWN)
    desk.act(plan.add_step, desk.stein, RING)
    return desk


def test_the_person_reads_it_with_the_nearest_day_first(planned):
    ring, own = steps(planned)
    assert (ring.common, ring.on_date, ring.side) == (CommonStep.RING, RING.on_date, Side.STATE)
    assert (own.words, own.language, own.common) == (OWN.words, "nb", None)


def test_what_is_done_comes_last(planned):
    planned.act(plan.finish_step, planned.mona, steps(planned)[0].step_id, is_done=True)
    assert [one.done_utc is not None for one in steps(planned)] == [False, True]


def test_doing_it_again_changes_nothing(planned):
    step = steps(planned)[0].step_id
    with pytest.raises(NothingChanged):
        planned.act(plan.finish_step, planned.mona, step, is_done=False)


def test_own_words_are_sealed(planned):
    with planned.database.read_session() as session:
        sealed = session.scalars(select(PlanStep.words_sealed)).all()
    assert not any(b"utleier" in (one or b"") for one in sealed)


def test_a_common_step_keeps_no_words_of_ones_own(planned):
    own = steps(planned)[1].step_id
    both = StepWish(Side.BOTH, CommonStep.LETTER, words="Noe.", language="nb")
    planned.act(plan.change_step, planned.mona, own, both)
    changed = next(one for one in steps(planned) if one.step_id == own)
    assert (changed.common, changed.words, changed.language) == (CommonStep.LETTER, None, None)


def test_a_step_taken_out_is_gone_and_the_timeline_says_so(planned):
    step = steps(planned)[0].step_id
    planned.act(plan.remove_step, planned.mona, step)
    with pytest.raises(StepGone):
        planned.act(plan.finish_step, planned.mona, step, is_done=True)
    assert planned.open(planned.stein).events[0].handover.change == "removed"


def test_a_step_of_another_case_is_none_of_this_one(planned):
    step = steps(planned)[0].step_id
    planned.begin()
    with pytest.raises(StepGone):
        planned.act(plan.remove_step, planned.mona, step)


def test_a_plan_stays_short(desk):
    desk.begin()
    for _ in range(MOST_STEPS):
        desk.act(plan.add_step, desk.mona, RING)
    with pytest.raises(TooManySteps):
        desk.act(plan.add_step, desk.mona, RING)


def test_whoever_saw_an_older_plan_is_told(planned):
    turn = planned.turn(planned.number, 2, planned.mona)
    with pytest.raises(CaseChanged):
        planned.do(plan.add_step, turn, RING)


def test_nobody_else_sees_or_makes_it(planned):
    with pytest.raises(CaseNotFound):
        planned.act(plan.add_step, planned.stranger, RING)


@pytest.mark.parametrize("end", ["withdrawn", "erased"])
def test_a_withdrawn_or_erased_case_has_no_plan(planned, end):
    with planned.database.unit_of_work() as session:
        if end == "erased":
            session.execute(update(Case).values(wrapped_key=None))
        else:
            person.withdraw(session, planned.number, keyring=planned.keyring, now=planned.now)
    with pytest.raises(CaseNotFound):
        steps(planned)
