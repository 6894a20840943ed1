"""What is to be done now: planned calls, what a named person does, promises that ran out."""

import pytest

from nav_access.intake import handling
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import ContactOutcome
from tests.page import page


@pytest.fixture
def number(desk):
    return desk.receive().number


def try_in_vain(desk, number, outcome=ContactOutcome.NO_ANSWER):
    desk.do(handling.log_contact, desk.turn(number), outcome, None)


def test_nothing_to_do(browser):
    assert "No call is planned for now." in page(browser.get("/desk/tasks"), lang="en").text


def test_a_planned_call_stands_there_when_its_time_has_come(desk, browser, number):
    try_in_vain(desk, number)
    assert number not in page(browser.get("/desk/tasks")).text
    desk.clock.advance(hours=3)
    later = desk.at_work("Pål")
    assert page(later.get("/desk/tasks")).links[number] == f"/desk/cases/{number}/call"


def test_a_task_says_whose_it_is(desk, browser, number):
    try_in_vain(desk, number, ContactOutcome.WRONG_NUMBER)
    text = page(browser.get("/desk/tasks")).text
    assert "Ringing was not enough" in text
    assert "This is your task." in text
    assert "Eli does this." in page(desk.at_work("Pål").get("/desk/tasks")).text


def test_a_promise_that_ran_out_is_told(desk, number):
    desk.clock.advance(days=2)
    run_clocks(desk.database, desk.keyring, now=desk.clock())
    later = desk.at_work("Pål")
    text = page(later.get("/desk/tasks")).text
    assert "Promises that ran out" in text
    assert number in text


def test_others_tasks_are_not_there(desk, number):
    try_in_vain(desk, number, ContactOutcome.WRONG_NUMBER)
    assert number not in desk.at_work("Ola", desk.other_id).get("/desk/tasks").text


def test_the_queue_says_who_is_to_be_rung_now(desk, number):
    try_in_vain(desk, number)
    assert "Next attempt: from" in page(desk.at_work("Pål").get("/desk/")).text
    desk.clock.advance(hours=3)
    shown = page(desk.at_work("Liv").get("/desk/"))
    words = next(words for words in shown.links if words.startswith("Ring now, before"))
    assert shown.links[words] == f"/desk/cases/{number}/call"


def test_the_queue_says_whose_task_it_is_and_who_was_told(desk, browser, number):
    try_in_vain(desk, number, ContactOutcome.WRONG_NUMBER)
    assert "The contact centre takes over. Eli does this." in page(browser.get("/desk/")).text
    desk.clock.advance(days=3)
    run_clocks(desk.database, desk.keyring, now=desk.clock())
    assert "was told that it is late" in page(desk.at_work("Pål").get("/desk/")).text
