"""Offers nobody answers: the receiver's manager is told, once, by the office's ladder."""

from datetime import timedelta

from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.rules import Policy
from nav_access.intake.clocks import run_clocks
from nav_access.intake.sides import service
from nav_access.intake.sides.queries import list_offers, list_unanswered_for


def run(desk, **later):
    desk.now += timedelta(**later)
    return run_clocks(desk.database, desk.keyring, now=desk.now).done.get("unanswered", 0)


def ladder(desk):
    with desk.database.read_session() as session:
        return get_policy(session, desk.office_id).manager_after_minutes


def late_for(desk, who):
    with desk.database.read_session() as session:
        return [one.number for one in list_unanswered_for(session, who)]


def test_an_offer_is_told_once_when_its_time_is_over(desk):
    desk.begin()
    desk.offer()
    assert run(desk, minutes=ladder(desk) - 1) == 0
    assert run(desk, minutes=1) == 1
    assert run(desk, minutes=60) == 0
    assert desk.kinds().count("handover_late") == 1


def test_the_receivers_manager_has_it_before_them(desk):
    number = desk.begin()
    desk.offer()
    run(desk, minutes=ladder(desk))
    assert late_for(desk, desk.lise) == [number]
    assert late_for(desk, desk.stein) == late_for(desk, desk.stranger) == []
    with desk.database.read_session() as session:
        assert [one.is_late for one in list_offers(session, desk.stein)] == [True]


def test_who_has_the_page_open_can_answer_all_the_same(desk):
    number = desk.begin()
    turn, offer = desk.turn(number, 2, desk.stein), desk.offer()
    run(desk, minutes=ladder(desk))
    desk.do(service.accept, turn, offer)
    assert "handover_accepted" in desk.kinds()


def test_an_answered_offer_is_never_late(desk):
    desk.begin()
    desk.act(service.accept, desk.stein, desk.offer())
    assert run(desk, days=3) == 0


def test_the_night_does_not_count(desk):
    desk.now += timedelta(hours=10)
    desk.begin()
    desk.offer()
    assert run(desk, minutes=Policy().manager_after_minutes) == 0
    assert run(desk, days=1) == 1
