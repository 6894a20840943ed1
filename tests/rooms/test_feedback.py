"""Feedback under many at once: taken once, settled by one, told of by one, counted exactly."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from nav_access.feedback import clock, rules, service
from nav_access.feedback.codes import AnswerWay, FeedbackState
from nav_access.feedback.errors import AlreadySettled, FeedbackNotFound, TooMuchFeedback
from nav_access.feedback.models import Feedback
from nav_access.feedback.queries import count_waiting, find_answer
from nav_access.feedback.sealing import Said
from nav_access.messaging.models import OutboxMessage
from tests.desk_factory import add_staff
from tests.feedback_factory import write

AT_ONCE = 6


def together(database, act):
    """Run `act(session, i)` in threads that start at once; count what they came to."""
    start = Barrier(AT_ONCE)

    def run(index):
        start.wait()
        try:
            with database.unit_of_work() as session:
                return act(session, index)
        except (AlreadySettled, TooMuchFeedback) as fact:
            return type(fact)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, range(AT_ONCE)))


@pytest.fixture
def written(database, keyring, now):
    with database.unit_of_work() as session:
        return write(session, keyring, now), add_staff(session, "Ada", now=now).staff_id


def count(database, model):
    with database.read_session() as session:
        return session.scalar(select(func.count()).select_from(model))


def receive(session, keyring, now, once):
    how = {"address": "192.0.2.1", "is_shared_network": False, "keyring": keyring, "now": now}
    service.receive(session, Said("Feil"), once=once, language="nb", **how)


def test_one_form_sent_at_once_is_one(database, keyring, now):
    together(database, lambda session, _: receive(session, keyring, now, "same"))
    assert count(database, Feedback) == 1


def test_a_network_sends_exactly_its_number(database, keyring, now):
    found = together(database, lambda session, i: receive(session, keyring, now, f"form {i}"))
    assert found == {None: service.MOST_AN_HOUR, TooMuchFeedback: AT_ONCE - service.MOST_AN_HOUR}
    assert count(database, Feedback) == service.MOST_AN_HOUR


def test_of_many_who_answer_one_does(database, keyring, now, written):
    feedback_id, staff_id = written
    how = {"staff_id": staff_id, "keyring": keyring, "now": now}

    def answer(session, i):
        service.answer(session, feedback_id, f"Svar {i}", AnswerWay.EMAIL, **how)

    assert together(database, answer) == {None: 1, AlreadySettled: AT_ONCE - 1}
    assert count(database, OutboxMessage) == 1


@pytest.mark.usefixtures("written")
def test_of_many_clocks_one_tells(database, keyring, now):
    late = now + rules.LATE_AFTER
    told = ["a@example.org", "a@example.org"]

    def tell(session, _):
        return clock.tell_late(session, told, keyring=keyring, now=late)

    assert together(database, tell) == {1: 1, 0: AT_ONCE - 1}
    assert count(database, OutboxMessage) == 1


@pytest.mark.usefixtures("written")
def test_what_is_late_is_counted_from_its_week(database, now):
    with database.read_session() as session:
        almost = now + rules.LATE_AFTER - timedelta(seconds=1)
        assert count_waiting(session, almost) == (1, 0)
        assert count_waiting(session, now + rules.LATE_AFTER) == (1, 1)


def test_what_is_not_there_cannot_be_settled(database, now, written):
    with pytest.raises(FeedbackNotFound), database.unit_of_work() as session:
        service.settle(session, 999, FeedbackState.NOTED, staff_id=written[1], now=now)


def test_an_answer_that_was_deleted_meanwhile_does_not_leave(database, keyring):
    with database.read_session() as session:
        assert find_answer(session, 999, keyring) is None
