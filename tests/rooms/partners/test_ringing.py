"""Ringing goes on by the agency's line while the person wants it, and falls back when it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.callbacks.codes import Fallback, PlanState
from nav_access.callbacks.models import CallPlan
from nav_access.intake import handling, person
from nav_access.intake.acting import lines, service
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.applications import ContactWishes
from nav_access.intake.calling.escalations import step_up
from nav_access.intake.calling.service import after_late, follow_booking
from nav_access.intake.centre.queries import get_case_for_operator
from nav_access.intake.codes import ContactOutcome, Reach
from nav_access.intake.messages import prepare
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import Greeting, greeting
from nav_access.intake.wishes import find_wishes_of
from nav_access.messaging.codes import MessageChannel
from nav_access.messaging.service import claim_due
from tests.centre_factory import add_operator, look_up
from tests.desk_factory import submission
from tests.partner_factory import REQUEST

BY_HELPER = ContactWishes(reach=Reach.HELPER)


def state_after_a_try(agencies, number, outcome=ContactOutcome.NO_ANSWER):
    agencies.do(handling.log_contact, agencies.turn(number, 2), outcome, None)
    return state(agencies)


def state(agencies):
    with agencies.database.read_session() as session:
        return session.scalars(select(CallPlan.state)).one()


@pytest.mark.parametrize(
    ("scope", "wanted"), [({Scope.CALLED}, PlanState.PLANNED), (set(), PlanState.FALLBACK)]
)
def test_who_has_no_phone_is_rung_through_the_agency(agencies, scope, wanted):
    number = agencies.send(wishes=BY_HELPER, scope=frozenset(scope)).number
    assert state_after_a_try(agencies, number) is wanted


def test_a_wrong_number_of_the_persons_is_in_nobodys_way(agencies):
    number = agencies.send().number
    assert state_after_a_try(agencies, number, ContactOutcome.WRONG_NUMBER) is PlanState.PLANNED


def test_when_it_ends_somebody_is_named_instead(agencies):
    number = agencies.send(wishes=BY_HELPER).number
    state_after_a_try(agencies, number)
    with agencies.database.read_session() as session:
        consent_id = session.scalars(select(Consent.id)).one()
    agencies.act(service.end_by_person, number, consent_id)
    assert state(agencies) is PlanState.FALLBACK


def test_a_contact_centre_that_is_left_with_it_rings_the_agency(agencies):
    number, late = agencies.send().number, agencies.now + timedelta(days=9)
    given = {"keyring": agencies.keyring, "now": late}
    with agencies.database.unit_of_work() as session:
        olga = add_operator(session, "Olga", agencies.now)
        step_up(session, session.scalars(select(Case)).one(), **given)
        seen = get_case_for_operator(session, olga, number, **given)
    assert (seen.helper.agency, seen.phone) == ("havn", None)


def test_an_operator_who_looked_it_up_reads_that_the_person_is_not_rung(agencies):
    number = agencies.send().number
    given = {"keyring": agencies.keyring, "now": agencies.now}
    with agencies.database.unit_of_work() as session:
        olga = add_operator(session, "Olga", agencies.now)
        look_up(session, olga, number, **given)
        seen = get_case_for_operator(session, olga, number, **given)
    assert (seen.wishes.is_helper_rung, seen.helper, seen.phone) == (True, None, None)


def test_an_operator_left_with_it_does_not_ring_when_the_agency_is_rung_no_more(agencies):
    number, late = agencies.send().number, agencies.now + timedelta(days=40)
    given = {"keyring": agencies.keyring, "now": late}
    with agencies.database.unit_of_work() as session:
        olga = add_operator(session, "Olga", agencies.now)
        step_up(session, session.scalars(select(Case)).one(), **given)
        seen = get_case_for_operator(session, olga, number, **given)
    assert (seen.wishes.has_helper_ended, seen.helper, seen.phone) == (True, None, None)


def test_the_persons_own_wishes_count_once_they_are_given_anew(agencies):
    number = agencies.send().number
    late = agencies.now + timedelta(days=40)
    with agencies.database.unit_of_work() as session:
        case_id = session.scalars(select(Case.id)).one()
        assert not lines.has_line_ended(session, case_id, agencies.now)
        change(agencies, session, number, agencies.now)
        assert lines.has_line_ended(session, case_id, late)
        change(agencies, session, number, late)
        assert not lines.has_line_ended(session, case_id, late)


def test_a_phone_of_their_own_counts_whenever_they_gave_it(agencies):
    number = agencies.send().number
    late = agencies.now + timedelta(days=40)
    with agencies.database.unit_of_work() as session:
        change(agencies, session, number, agencies.now, phone="+4790000001")
        wishes = find_wishes_of(session, number, late)
    assert not wishes.has_helper_ended
    assert Greeting.DO_NOT_RING not in greeting(wishes)


@pytest.mark.parametrize("end", ["person", "time"])
def test_a_person_is_not_rung_when_it_ends_and_a_named_one_finds_a_way(agencies, end):
    number = agencies.send().number
    state_after_a_try(agencies, number)
    with agencies.database.read_session() as session:
        consent_id = session.scalars(select(Consent.id)).one()
    if end == "person":
        agencies.act(service.end_by_person, number, consent_id)
    else:
        run_clocks(agencies, agencies.now + timedelta(days=31))
    with agencies.database.read_session() as session:
        plan = session.scalars(select(CallPlan)).one()
    assert (plan.state, plan.fallback) == (PlanState.FALLBACK, Fallback.DECIDE)


def test_a_time_booked_is_not_rung_either(agencies):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        starts = agencies.now + timedelta(hours=2)
        follow_booking(session, case, starts, starts + timedelta(minutes=30))
        consent_id = session.scalars(select(Consent.id)).one()
    agencies.act(service.end_by_person, number, consent_id)
    assert state(agencies) is PlanState.FALLBACK


def run_clocks(agencies, now):
    """Let the planned time pass untried."""
    with agencies.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        assert after_late(session, case, keyring=agencies.keyring, now=now)


def change(agencies, session, number, now, phone=None):
    wishes = ContactWishes(reach=Reach.CALL, phone=phone)
    given = {"keyring": agencies.keyring, "now": now}
    person.change_contact(session, number, wishes, submission(agencies.keyring), **given)


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("agreed", [False, True])
def test_nothing_lies_where_others_see_it_when_an_agency_is_rung_no_more(agencies, reach, agreed):
    said = {"may_leave_voicemail": agreed, "may_say_who": agreed}
    wishes = replace(REQUEST.wishes, reach=reach, **said)
    number = agencies.send(wishes=wishes, scope=frozenset({Scope.CALLED})).number
    agencies.act(service.end_by_agency, agencies.member(), number)
    agencies.do(handling.log_contact, agencies.turn(number, 3), ContactOutcome.NO_ANSWER, None)
    late = agencies.now + timedelta(days=2)
    with agencies.database.unit_of_work() as session:
        claims = claim_due(session, now=late, limit=50)
        given = {"keyring": agencies.keyring, "now": late}
        sent = [found for each in claims if (found := prepare(session, each, **given))]
    chosen = {Reach.SMS: MessageChannel.SMS, Reach.EMAIL: MessageChannel.EMAIL}
    assert {each.channel for each in sent} <= {chosen.get(reach)}
