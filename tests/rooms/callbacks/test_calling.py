"""An attempt in vain leads to the next one, or to a named person; an answer ends it."""

from datetime import datetime, timedelta

import pytest

from nav_access.callbacks.codes import Fallback, PlanReason, PlanState
from nav_access.callbacks.policies import PolicyTooWeak, get_policy, set_policy
from nav_access.callbacks.rules import Policy
from nav_access.core.clock import OSLO
from nav_access.intake import handling
from nav_access.intake.calling.sheet import get_call
from nav_access.intake.codes import (
    CaseStatus,
    ContactOutcome,
    DeadlineReason,
    EventKind,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.queries import get_person_case
from nav_access.intake.safe_contact import Greeting
from nav_access.messaging.codes import MessageKind
from nav_access.staff import service as staff

ANSWERED, NO_ANSWER, BUSY, WRONG = ContactOutcome

BOOKED_LATER = 40
"""Which of the free times is days ahead."""


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


def window(plan):
    return plan.from_utc, plan.until_utc


def give_up(lives):
    """Miss as many calls as the office makes."""
    lives.log(NO_ANSWER)
    while lives.plan().state is PlanState.PLANNED:
        lives.desk.now = lives.plan().from_utc
        lives.log(NO_ANSWER)


def test_a_missed_call_plans_the_next_at_another_part_of_the_day(lives):
    lives.log(NO_ANSWER)
    plan = lives.plan()
    assert (plan.state, plan.attempt, window(plan)) == (
        PlanState.PLANNED,
        2,
        (local(23, 11), local(23, 13)),
    )
    event = lives.events()[-1]
    assert (event.kind, event.actor, event.detail["why"]) == ("call_planned", "system", "missed")


def test_the_persons_page_knows_when(lives):
    lives.log(NO_ANSWER)
    with lives.database.read_session() as session:
        case = get_person_case(session, lives.number, keyring=lives.keyring, now=lives.desk.now)
    assert (case.next_call.from_utc, case.next_call.attempt) == (local(23, 11), 2)
    assert (case.fallback, case.events[0].kind) == (None, EventKind.CALL_PLANNED)


def test_an_answer_ends_it_and_stops_the_clock(lives):
    lives.log(NO_ANSWER)
    lives.log(ANSWERED, lives.desk.bo)
    assert lives.plan().state is PlanState.DONE
    assert lives.case().status is CaseStatus.ANSWERED


def test_enough_attempts_make_it_climb_to_a_named_person(lives):
    give_up(lives)
    plan, case = lives.plan(), lives.case()
    assert (plan.state, plan.fallback, plan.fallback_staff_name) == (
        PlanState.FALLBACK,
        Fallback.CONTACT_CENTRE,
        "Bo",
    )
    assert (case.urgency, case.status) == (Urgency.ACUTE, CaseStatus.WAITING)
    assert case.claimed_by == lives.desk.bo.staff_id


@pytest.mark.parametrize(
    ("wishes", "fallback"),
    [
        ({"may_say_who": True}, Fallback.LETTER),
        ({"may_say_who": True, "reach": Reach.SMS}, Fallback.LETTER),
        ({"reach": Reach.SMS}, Fallback.CONTACT_CENTRE),
        ({"reach": Reach.VISIT}, Fallback.VISIT),
        ({"may_say_who": True, "reach": Reach.HELPER}, Fallback.PARTNER),
    ],
)
def test_no_letter_goes_where_we_may_not_be_named(lives, wishes, fallback):
    lives.begin(lives.now, **wishes)
    give_up(lives)
    assert lives.plan().fallback is fallback


def test_a_try_comes_inside_the_promise_while_there_is_time(lives):
    reason = DeadlineReason.AGREED_WITH_PERSON
    lives.desk.do(
        handling.change_deadline, lives.desk.turn(lives.number), local(23, 14), reason, None
    )
    lives.log(NO_ANSWER)
    lives.desk.now = lives.plan().from_utc
    lives.log(NO_ANSWER)
    assert window(lives.plan()) == (local(23, 13), local(23, 14))


def test_whoever_has_the_case_is_named(lives):
    lives.claim(lives.desk.anne)
    give_up(lives)
    assert lives.plan().fallback_staff_name == "Anne"


def test_who_cannot_sign_in_any_more_is_not_named(lives):
    lives.claim(lives.desk.bo)
    with lives.database.unit_of_work() as session:
        staff.disable(session, lives.desk.bo.staff_id, actor="cli", now=lives.now)
    give_up(lives)
    assert lives.plan().fallback_staff_name == "Anne"


def test_further_attempts_leave_the_task_with_the_named_person(lives):
    give_up(lives)
    before = lives.plan()
    lives.log(NO_ANSWER)
    assert lives.plan() == before
    assert lives.kinds()[-1] == "contact_logged"


@pytest.mark.parametrize(
    ("best_time", "expected"),
    [
        (TimeOfDay.MORNING, (local(24, 9), local(24, 11))),
        (TimeOfDay.AFTERNOON, (local(23, 13), local(23, 15))),
    ],
)
def test_new_wishes_make_the_plan_anew(lives, best_time, expected):
    lives.log(NO_ANSWER)
    lives.desk.now = local(23, 14, 50) if best_time is TimeOfDay.MORNING else local(23, 12)
    lives.wish(best_time)
    plan = lives.plan()
    assert (window(plan), plan.attempt) == (expected, 1)


def test_new_wishes_after_everything_was_tried_let_us_ring_again(lives):
    give_up(lives)
    lives.speak("en")
    assert lives.plan().state is PlanState.PLANNED
    assert lives.kinds()[-2:] == ["language_changed", "call_planned"]


def test_a_busy_line_is_rung_again_soon(lives):
    lives.log(BUSY)
    assert window(lives.plan()) == (local(23, 9, 45), local(23, 10, 30))


def test_a_wrong_number_is_not_rung_or_texted_again(lives):
    lives.wish(TimeOfDay.ANY, Reach.SMS)
    lives.log(WRONG)
    assert lives.plan().state is PlanState.FALLBACK
    assert lives.events()[-1].detail["why"] == PlanReason.WRONG_NUMBER
    assert lives.messages() == []
    lives.speak("en")
    assert lives.plan().state is PlanState.FALLBACK
    lives.wish(TimeOfDay.ANY)
    assert lives.plan().state is PlanState.PLANNED


def test_a_wrong_number_keeps_no_letter_from_the_person(lives):
    lives.begin(local(23, 9, 30), reach=Reach.SMS, phone="+4740000000", may_say_who=True)
    lives.log(WRONG)
    told = [each for each in lives.messages() if each.kind is MessageKind.FALLBACK]
    assert [each.detail["way"] for each in told] == ["letter"]


def test_somebody_elses_number_is_not_rung_again_for_another_time_of_day(lives):
    lives.log(WRONG)
    climbed = lives.case().urgency
    lives.wish(TimeOfDay.MORNING, phone=None)
    assert (lives.plan().state, lives.case().urgency) == (PlanState.FALLBACK, climbed)
    lives.wish(TimeOfDay.MORNING)
    assert lives.plan().state is PlanState.PLANNED


@pytest.mark.parametrize("reach", [Reach.VISIT, Reach.HELPER])
def test_who_does_not_want_to_be_rung_is_not(lives, reach):
    lives.wish(TimeOfDay.ANY, reach)
    lives.log(NO_ANSWER)
    assert lives.plan().state is PlanState.FALLBACK
    assert lives.events()[-1].detail["why"] == PlanReason.NO_WAY


def test_no_common_time_is_a_named_persons_task(lives):
    lives.set_week({1: (9, 12)})
    lives.wish(TimeOfDay.AFTERNOON)
    lives.log(NO_ANSWER)
    assert lives.plan().fallback_staff_name == "Bo"
    assert lives.events()[-1].detail["why"] == PlanReason.NO_TIME


def test_the_person_is_told_once_for_each_attempt(lives):
    lives.wish(TimeOfDay.ANY, Reach.SMS)
    lives.log(NO_ANSWER)
    lives.log(NO_ANSWER)
    told = lives.messages()
    assert [message.kind for message in told] == [MessageKind.MISSED_CALL] * 2
    assert [message.state for message in told] == ["withheld", "waiting"]
    assert told[-1].detail["starts"] == lives.plan().from_utc.isoformat()


def test_withdrawing_ends_it_and_undoing_goes_on(lives):
    lives.log(NO_ANSWER)
    lives.withdraw()
    assert lives.plan().state is PlanState.DONE
    lives.desk.now += timedelta(minutes=20)
    lives.undo()
    assert lives.plan().state is PlanState.PLANNED


def test_withdrawing_again_and_again_climbs_no_further(lives):
    lives.set_week({1: (9, 12)})
    lives.wish(TimeOfDay.AFTERNOON)
    lives.log(NO_ANSWER)
    climbed = lives.case().urgency
    lives.withdraw()
    lives.undo()
    assert (lives.case().urgency, lives.plan().state) == (climbed, PlanState.FALLBACK)


def test_a_closed_case_is_not_rung(lives):
    lives.log(NO_ANSWER)
    lives.close()
    assert lives.plan().state is PlanState.DONE


def test_a_booked_time_is_followed_and_a_missed_one_goes_on_by_rule(lives):
    lives.log(NO_ANSWER)
    lives.book(8)
    booked = lives.plan()
    assert booked.is_booked
    lives.log(NO_ANSWER)
    assert lives.plan() == booked
    lives.desk.now = booked.from_utc + timedelta(minutes=5)
    lives.log(NO_ANSWER)
    assert not lives.plan().is_booked
    assert lives.plan().from_utc > lives.now


def test_what_has_become_acute_is_tried_before_the_booked_time_and_then_that_stands(lives):
    lives.book(BOOKED_LATER)
    booked = lives.plan()
    lives.say_it_is_acute()
    lives.log(NO_ANSWER)
    first = lives.plan()
    assert first.until_utc <= lives.case().deadline_utc < booked.from_utc
    lives.desk.now = first.from_utc
    while not lives.plan().is_booked:
        lives.desk.now = lives.plan().from_utc
        lives.log(NO_ANSWER)
        assert lives.plan().until_utc <= booked.until_utc
    assert window(lives.plan()) == window(booked)


def test_an_acute_try_nobody_made_gives_way_to_the_booked_time(lives):
    lives.book(BOOKED_LATER)
    booked = lives.plan()
    lives.say_it_is_acute()
    lives.log(NO_ANSWER)
    lives.desk.now = booked.from_utc - timedelta(minutes=10)
    lives.run()
    assert (lives.plan().is_booked, window(lives.plan())) == (True, window(booked))


def test_a_call_they_booked_is_made_though_they_were_spoken_with_before(lives):
    lives.book(8)
    booked = lives.plan()
    lives.log(ANSWERED)
    assert (lives.plan(), lives.case().status) == (booked, CaseStatus.ANSWERED)
    lives.desk.now = booked.from_utc + timedelta(minutes=5)
    lives.log(ANSWERED)
    assert lives.plan().state is PlanState.DONE


def test_any_time_today_is_followed_until_the_day_is_over(lives):
    lives.set_week({0: (9, 15)})
    lives.desk.now = local(23, 13)
    lives.book_today()
    assert window(lives.plan()) == (local(23, 13), lives.case().deadline_utc)


def test_another_office_rings_by_its_own_hours_and_names_its_own(lives):
    give_up(lives)
    lives.choose_office("nav-granvik")
    assert lives.plan().fallback_staff_name == "Cato"


def test_an_office_sets_its_own_policy(lives):
    policy = Policy(attempts=1, days=1, fallback=Fallback.VISIT)
    with lives.database.unit_of_work() as session:
        set_policy(session, lives.office_id, policy)
        set_policy(session, lives.office_id, policy)
        assert get_policy(session, lives.office_id) == policy
    lives.log(NO_ANSWER)
    assert lives.plan().fallback is Fallback.VISIT


@pytest.mark.parametrize("weak", [Policy(attempts=0), Policy(attempts=1), Policy(days=0)])
def test_a_policy_that_gives_people_up_is_refused(lives, weak):
    with lives.database.unit_of_work() as session, pytest.raises(PolicyTooWeak):
        set_policy(session, lives.office_id, weak)


def sheet(lives, who):
    with lives.database.unit_of_work() as session:
        return get_call(session, who, lives.number, keyring=lives.keyring, now=lives.now)


def test_a_call_sheet_has_what_whoever_rings_needs(lives):
    lives.log(BUSY)
    lives.desk.now = local(23, 9, 50)
    call = sheet(lives, lives.desk.bo)
    assert call.greeting == (Greeting.ASK_FOR_THE_PERSON, Greeting.NO_VOICEMAIL)
    assert (call.case.contact.phone, call.tries, call.plan.attempt) == ("+4791234567", 1, 1)
    assert call.is_wished_now
    lives.desk.now = local(23, 15)
    assert not sheet(lives, lives.desk.bo).is_wished_now


def test_a_call_sheet_is_for_the_offices_own(lives):
    with pytest.raises(CaseNotFound):
        sheet(lives, lives.desk.stranger)
