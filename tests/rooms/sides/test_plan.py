"""The plan: common steps and own words, changed by whoever saw it as it is, read by the person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from nav_access.core.clock import to_oslo
from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import ContactOutcome, Need, Reach
from nav_access.intake.errors import CaseChanged, CaseNotFound
from nav_access.intake.models import Case
from nav_access.intake.sides import plan
from nav_access.intake.sides.codes import CommonStep
from nav_access.intake.sides.errors import (
    AfterPromise,
    DayPassed,
    NothingChanged,
    NotTheirWay,
    StepGone,
    TooManySteps,
)
from nav_access.intake.sides.models import PlanStep
from nav_access.intake.sides.plan import MOST_STEPS, StepWish
from nav_access.intake.sides.queries import get_person_plan
from nav_access.staff.codes import Side

RING = StepWish(Side.STATE, CommonStep.RING, on_date=date(2026, 11, 23))
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


def wish(desk, common=None, days=0):
    """Return a step some days after the one on which the person is promised an answer."""
    promised = to_oslo(desk.state().deadline_utc).date()
    words = None if common else "Vi tar en prat."
    return StepWish(Side.STATE, common, words, on_date=promised + timedelta(days))


FIRST = (CommonStep.RING, CommonStep.MEET)


@pytest.mark.parametrize("common", FIRST)
def test_we_do_not_promise_one_day_and_plan_to_come_on_another(desk, common):
    desk.begin()
    desk.act(plan.add_step, desk.mona, wish(desk, common))
    with pytest.raises(AfterPromise):
        desk.act(plan.add_step, desk.mona, wish(desk, common, 1))
    with pytest.raises(AfterPromise):
        desk.act(plan.change_step, desk.mona, steps(desk)[0].step_id, wish(desk, common, 1))


@pytest.mark.parametrize("common", [None, CommonStep.PAPERS])
def test_what_is_no_contact_may_be_later_than_the_promise(desk, common):
    desk.begin()
    desk.act(plan.add_step, desk.mona, wish(desk, common, 9))


@pytest.mark.parametrize("common", FIRST)
def test_when_we_have_spoken_with_them_a_later_call_is_no_contradiction(desk, common):
    desk.begin()
    desk.act(handling.log_contact, desk.mona, ContactOutcome.ANSWERED, None)
    desk.act(plan.add_step, desk.mona, wish(desk, common, 9))


def test_a_day_that_has_gone_by_is_for_what_is_done(desk):
    desk.begin()
    desk.act(plan.add_step, desk.mona, OWN)
    step, past = steps(desk)[0].step_id, replace(OWN, on_date=date(2026, 11, 22))
    for verb, given in ((plan.add_step, ()), (plan.change_step, (step,))):
        with pytest.raises(DayPassed):
            desk.act(verb, desk.mona, *given, past)
    desk.act(plan.finish_step, desk.mona, step, is_done=True)
    desk.act(plan.change_step, desk.mona, step, past)
    assert steps(desk)[0].on_date == past.on_date


WISHES = [
    (ContactWishes(reach=Reach.VISIT), False),
    (ContactWishes(reach=Reach.HELPER, phone="+4791234567"), False),
    (ContactWishes(reach=Reach.EMAIL, email="kari@example.org"), False),
    (ContactWishes(reach=Reach.SMS, phone="+4791234567"), True),
]


@pytest.mark.parametrize(("wishes", "may_ring"), WISHES)
def test_we_plan_to_ring_whom_we_may_ring(desk, wishes, may_ring):
    desk.number = desk.receive(needs=frozenset({Need.FOOD}), wishes=wishes).number
    desk.act(plan.add_step, desk.mona, wish(desk, CommonStep.MEET))
    if may_ring:
        desk.act(plan.add_step, desk.mona, StepWish(Side.STATE, CommonStep.RING))
        return
    with pytest.raises(NotTheirWay):
        desk.act(plan.add_step, desk.mona, StepWish(Side.STATE, CommonStep.RING))
