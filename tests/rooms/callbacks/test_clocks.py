"""Clocks: what is late is planned anew, late promises are told upwards, once, however many run."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from time import sleep

import pytest
from sqlalchemy import select

from nav_access.callbacks.codes import EscalationStep, Fallback, PlanReason, PlanState
from nav_access.callbacks.policies import set_policy
from nav_access.callbacks.rules import Policy
from nav_access.core.clock import OSLO
from nav_access.core.db import Database
from nav_access.core.limits import Tries, take_try
from nav_access.intake import clocks, handling
from nav_access.intake.calling.escalations import find_marks, list_escalated
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import CaseStatus, ContactOutcome
from nav_access.intake.errors import CaseChanged, CaseNotFound
from nav_access.intake.models import Case
from nav_access.messaging.codes import MessageKind
from nav_access.staff import service as staff
from nav_access.worklist.tasks import list_fallbacks

ANSWERED, NO_ANSWER, *_ = ContactOutcome
DESK, MANAGER, CENTRE = EscalationStep


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


def steps(lives):
    return [event.detail["step"] for event in lives.events() if event.kind == "escalated"]


def at(lives, instant):
    lives.desk.now = instant
    return lives.run()


@pytest.fixture
def another(database_url, keyring):
    """The same database as another process has it."""
    another = Database(database_url, info={"keyring": keyring})
    yield another
    another.dispose()


def test_nothing_is_due_at_first(lives):
    assert set(lives.run().done) <= {"compared", "slots"}
    assert lives.run().done == {}
    assert lives.kinds() == ["received"]


def test_a_time_nobody_used_is_planned_anew_and_marked(lives):
    lives.log(NO_ANSWER)
    report = at(lives, local(23, 13))
    plan = lives.plan()
    assert (report.done["replanned"], plan.is_late, plan.attempt) == (1, True, 2)
    assert plan.from_utc == local(23, 13)
    assert lives.events()[-1].detail["why"] == PlanReason.LATE
    assert lives.run().done == {}


def test_a_time_that_is_not_over_is_left_alone(lives):
    lives.log(NO_ANSWER)
    before = lives.plan()
    at(lives, before.until_utc - timedelta(seconds=1))
    assert lives.plan() == before


def test_a_case_nobody_rings_becomes_a_named_persons_task(lives):
    lives.log(NO_ANSWER)
    for _ in range(3):
        at(lives, lives.plan().until_utc)
    assert (lives.plan().state, lives.plan().fallback_staff_name) == (PlanState.FALLBACK, "Bo")
    assert lives.case().status is CaseStatus.WAITING
    events = len(lives.events())
    at(lives, local(30, 12))
    assert [kind for kind in lives.kinds()[events:] if kind != "escalated"] == []


def test_a_closure_moves_what_was_planned_and_the_person_is_told(lives):
    lives.wish(lives.wishes().best_time, "sms")
    lives.log(NO_ANSWER)
    lives.close_on(local(23, 0).date())
    lives.run()
    assert lives.plan().from_utc == local(24, 11)
    assert lives.events()[-1].detail["why"] == PlanReason.HOURS
    assert [message.kind for message in lives.messages()] == [
        MessageKind.MISSED_CALL,
        MessageKind.MOVED,
    ]


def test_a_booked_time_nobody_used_is_planned_anew(lives):
    lives.book(0)
    at(lives, lives.plan().until_utc)
    assert (lives.plan().state, lives.plan().is_booked) == (PlanState.PLANNED, False)


def test_a_task_never_stays_with_somebody_who_is_gone(lives):
    for _ in range(3):
        lives.log(NO_ANSWER)
        lives.desk.now = lives.plan().from_utc
    climbed = lives.case().urgency
    with lives.database.unit_of_work() as session:
        staff.disable(session, lives.desk.bo.staff_id, actor="cli", now=lives.now)
    assert lives.run().done["named"] == 1
    assert (lives.plan().fallback_staff_name, lives.case().urgency) == ("Anne", climbed)
    assert "named" not in lives.run().done


def test_who_leaves_the_office_leaves_the_task_and_the_case(lives):
    for _ in range(3):
        lives.log(NO_ANSWER)
        lives.desk.now = lives.plan().from_utc
    bo = replace(lives.desk.bo, office_ids=frozenset())
    with lives.database.unit_of_work() as session:
        staff.leave_office(session, bo.staff_id, lives.office_id, actor="cli", now=lives.now)
    with pytest.raises(CaseNotFound):
        lives.claim(bo)
    with lives.database.read_session() as session:
        assert list_fallbacks(session, bo) == ()
    assert lives.run().done["named"] == 1
    assert lives.plan().fallback_staff_name == "Anne"
    assert "named" not in lives.run().done


def test_a_late_promise_is_told_to_desk_manager_and_contact_centre(lives):
    deadline = lives.case().deadline_utc
    assert deadline == local(24, 15)
    told = []
    for instant in (deadline, local(25, 9, 59), local(25, 10), local(25, 14, 59), local(25, 15)):
        at(lives, instant)
        told.append(len(steps(lives)))
    assert told == [1, 1, 2, 2, 3]
    assert steps(lives) == [DESK, MANAGER, CENTRE]


def test_clocks_that_stood_still_take_every_step_they_missed(lives):
    assert at(lives, local(30, 12)).done["escalated"] == 3
    assert "escalated" not in lives.run().done


def test_who_was_answered_in_time_is_told_of_to_nobody(lives):
    lives.log(ANSWERED)
    at(lives, local(30, 12))
    assert steps(lives) == []


def test_who_is_on_the_telephone_when_clocks_run_can_still_log_the_answer(lives):
    turn = lives.desk.turn(lives.number, 1)
    at(lives, local(25, 15))
    lives.desk.do(handling.log_contact, turn, ANSWERED, None)
    assert lives.case().status is CaseStatus.ANSWERED
    early = lives.desk.turn(lives.number, lives.case().version + 1)
    with pytest.raises(CaseChanged):
        lives.desk.do(handling.claim, early)


def test_a_new_promise_is_counted_anew(lives):
    at(lives, local(24, 15))
    lives.close()
    lives.reopen()
    at(lives, lives.case().deadline_utc)
    assert steps(lives) == [DESK, DESK]


def test_a_withdrawal_undone_does_not_stop_the_steps(lives):
    at(lives, local(24, 15))
    lives.withdraw()
    at(lives, local(24, 15, 30))
    lives.undo()
    at(lives, local(25, 10))
    assert steps(lives) == [DESK, MANAGER]


def test_the_contact_centre_sees_what_it_was_told_of_and_may_ring(lives):
    assert not escalated(lives, lives.cato)
    at(lives, local(25, 15))
    assert [case.number for case in escalated(lives, lives.cato)] == [lives.number]
    assert escalated(lives, lives.desk.anne) == escalated(lives, lives.desk.stranger) == ()
    lives.log(ANSWERED, lives.cato)
    assert not escalated(lives, lives.cato)
    with pytest.raises(CaseNotFound):
        lives.log(ANSWERED, lives.cato)


def test_the_contact_centre_takes_over_where_the_office_says_so(lives):
    policy = Policy(attempts=1, days=1, fallback=Fallback.CONTACT_CENTRE)
    with lives.database.unit_of_work() as session:
        set_policy(session, lives.office_id, policy)
    lives.log(NO_ANSWER)
    (case,) = escalated(lives, lives.cato)
    assert (case.number, case.told_utc) == (lives.number, lives.now)
    lives.log(ANSWERED, lives.cato)
    assert not escalated(lives, lives.cato)


def test_a_named_person_outside_the_office_may_open_the_case(lives):
    for who in (lives.desk.anne, lives.desk.bo):
        with lives.database.unit_of_work() as session:
            staff.disable(session, who.staff_id, actor="cli", now=lives.now)
    with pytest.raises(CaseNotFound):
        lives.desk.do(handling.claim, lives.desk.turn(lives.number, 1, lives.cato))
    for _ in range(3):
        lives.log(NO_ANSWER)
        lives.desk.now = lives.plan().from_utc
    assert (lives.plan().fallback_staff_name, lives.case().claimed_by) == ("Cato", None)
    lives.claim(lives.cato)


def test_a_queue_can_show_plans_and_steps(lives):
    lives.log(NO_ANSWER)
    at(lives, local(24, 15))
    case_id = lives.case().id
    with lives.database.read_session() as session:
        marks = find_marks(session, [case_id, case_id + 1])
    assert (marks[case_id].step, marks[case_id].plan.is_late) == (DESK, True)
    assert list(marks) == [case_id]


def test_two_processes_do_everything_once(lives, another):
    lives.log(NO_ANSWER)
    lives.desk.now = local(24, 15)
    for _ in range(3):
        lives.run_at_once([another])
    kinds = lives.kinds()
    assert (kinds.count("call_planned"), kinds.count("escalated")) == (2, 1)


@pytest.fixture
def hasty(database_url, keyring):
    """The same database as a process has it that waits for no one."""
    hasty = Database(database_url, patience_ms=20, info={"keyring": keyring})
    yield hasty
    hasty.dispose()


def test_clocks_wait_their_turn(lives, hasty):
    lives.log(NO_ANSWER)
    lives.desk.now = local(23, 13)
    with ThreadPoolExecutor(1) as pool:
        with lives.database.unit_of_work() as session:
            session.scalars(select(Case).with_for_update()).all()
            run = pool.submit(run_clocks, hasty, lives.keyring, now=lives.now)
            sleep(0.3)
        report = run.result()
    assert (report.done["replanned"], report.trouble) == (1, 0)


def test_one_case_in_trouble_does_not_keep_the_others_waiting(lives, monkeypatch):
    other = lives.number
    lives.begin(lives.now)
    stuck = lives.case().id
    lives.desk.now = local(24, 15)
    break_for(monkeypatch, stuck)
    assert (lives.run().trouble, lives.kinds()) == (1, ["received"])
    lives.number = other
    assert lives.kinds() == ["received", "escalated"]


def test_old_counters_go(lives):
    with lives.database.unit_of_work() as session:
        take_try(session, "old", cap=1, window=timedelta(hours=1), now=lives.now)
    at(lives, lives.now + timedelta(hours=2))
    with lives.database.read_session() as session:
        assert session.get(Tries, "old") is None


def escalated(lives, who):
    with lives.database.read_session() as session:
        return list_escalated(session, who)


def break_for(monkeypatch, case_id):
    """Let the steps of one case fail."""
    whole = clocks.step_up

    def fails(session, case, **how):
        if case.id == case_id:
            raise LookupError
        return whole(session, case, **how)

    monkeypatch.setattr(clocks, "step_up", fails)
