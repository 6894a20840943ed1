"""The page for ringing: what to know, two presses to log it, and what happens next."""

import pytest
from sqlalchemy import select

from nav_access.intake import handling
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.intake.models import CaseEvent
from nav_access.messaging.models import OutboxMessage
from tests.page import page


@pytest.fixture
def number(desk):
    return desk.receive().number


@pytest.fixture
def address(number):
    return f"/desk/cases/{number}/call"


def press(browser, address, outcome, **typed):
    form = page(browser.get(address)).form("form:has([name=outcome])")
    form.values["outcome"] = [outcome]
    return form.fill(**typed).submit(browser)


def kinds(desk):
    with desk.database.read_session() as session:
        return [str(one) for one in session.scalars(select(CaseEvent.kind).order_by(CaseEvent.seq))]


def test_greeting_stands_before_the_name_and_the_number(browser, address):
    text = page(browser.get(address), lang="en").text
    order = ("Ask for the person by name", "Do not leave a voice message", "Kari Ås", "91 23 45 67")
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_without_a_name_nobody_is_asked_for_by_it(desk, browser):
    wishes = ContactWishes(phone="+4791234567")
    text = page(browser.get(f"/desk/cases/{desk.receive(wishes=wishes).number}/call")).text
    assert "No name was given" in text
    assert "by name" not in text


def test_the_number_can_be_pressed(browser, address):
    assert "+4791234567" in page(browser.get(address)).phone_numbers


def test_who_may_be_named_and_what_may_be_left(desk, browser):
    wishes = ContactWishes(phone="+4791234567", may_leave_voicemail=True, may_say_who=True)
    text = page(browser.get(f"/desk/cases/{desk.receive(wishes=wishes).number}/call")).text
    assert "You may say who you are" in text
    assert "You may leave a voice message" in text


@pytest.mark.parametrize("reach", [Reach.VISIT, Reach.HELPER])
def test_who_must_not_be_rung_has_no_number_on_the_page(desk, browser, reach):
    number = desk.receive(wishes=ContactWishes(phone="+4791234567", reach=reach)).number
    shown = page(browser.get(f"/desk/cases/{number}/call"))
    assert "Do not ring" in shown.text
    assert "+4791234567" not in shown.phone_numbers


def test_no_answer_leads_to_a_next_attempt_that_is_told(desk, browser):
    wishes = ContactWishes(phone="+4791234567", reach=Reach.SMS)
    address = f"/desk/cases/{desk.receive(wishes=wishes).number}/call"
    assert press(browser, address, "no_answer").location == address
    text = page(browser.get(address)).text
    assert "Logged: no answer, 09:30 today" in text
    assert "The next attempt is planned between" in text
    assert "told by text message" in text
    with desk.database.read_session() as session:
        assert "missed_call" in session.scalars(select(OutboxMessage.kind)).all()


def test_who_allowed_no_message_reads_it_on_their_own_page(browser, address):
    press(browser, address, "busy")
    assert "No message goes out" in page(browser.get(address)).text


@pytest.mark.parametrize("reach", [Reach.CALL, Reach.SMS])
def test_who_is_written_to_is_told_by_the_letter(desk, browser, reach):
    wishes = ContactWishes(phone="+4791234567", reach=reach, may_say_who=True)
    address = f"/desk/cases/{desk.receive(wishes=wishes).number}/call"
    press(browser, address, "wrong_number")
    text = page(browser.get(address)).text
    assert "Ringing is not enough. Send a letter." in text
    assert "told in a letter that the office prints" in text


def test_an_answer_stops_the_clock(browser, address, desk):
    press(browser, address, "answered", contact_text="Nødhjelp i dag.")
    text = page(browser.get(address)).text
    assert "Somebody has spoken with the person" in text
    assert kinds(desk) == ["received", "contact_logged"]


def test_a_wrong_number_falls_to_somebody_by_name(browser, address):
    press(browser, address, "wrong_number")
    text = page(browser.get(address)).text
    assert "Ringing is not enough. The contact centre takes over. Eli does this." in text
    assert "This number was wrong the last time" in text


def test_the_person_rings_us(browser, number, address):
    press(browser, address, "no_answer")
    found = browser.get(f"/desk/?case={number[:4]}+{number[4:]}")
    shown = page(browser.get(found.location))
    assert shown.links["Ring the person"] == address
    press(browser, address, "answered")
    assert "No further attempt is planned" in page(browser.get(address)).text


def test_the_same_press_twice_is_one_attempt(desk, browser, address):
    form = page(browser.get(address)).form("form:has([name=outcome])")
    form.values["outcome"] = ["no_answer"]
    assert [form.submit(browser).status_code for _ in range(2)] == [303, 303]
    assert kinds(desk).count("contact_logged") == 1


def test_nothing_pressed_asks_how_it_went(browser, address):
    assert "Choose how it went." in page(press(browser, address, "")).text


def test_a_colleague_was_quicker(desk, browser, number, address):
    form = page(browser.get(address)).form("form:has([name=outcome])")
    desk.do(handling.claim, desk.turn(number))
    form.values["outcome"] = ["no_answer"]
    answer = form.fill(contact_text="Ringte.").submit(browser)
    assert answer.status_code == 409
    assert "Anne took the case" in page(answer).text
    assert "Ringte." in answer.text


def test_anothers_case_is_not_there(desk, address):
    assert desk.at_work("Ola", desk.other_id).get(address).status_code == 404


def wanting(desk, word, **wishes):
    return desk.receive(wishes=ContactWishes(phone="+4791234567", code_word=word, **wishes)).number


def test_the_code_word_stands_first_with_what_to_do_with_it(desk, browser):
    text = page(browser.get(f"/desk/cases/{wanting(desk, 'blåmeis')}/call"), lang="en").text
    order = ("Say the code word first.", "Do not leave a voice message", "blåmeis", "91 23 45 67")
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_word_agreed_on_in_the_call_is_said_the_next_time(desk, browser):
    address = f"/desk/cases/{wanting(desk, 'blåmeis')}/call"
    press(browser, address, "answered", code_word="kråke")
    text = page(browser.get(address)).text
    assert "kråke" in text
    assert "blåmeis" not in text


@pytest.mark.parametrize("outcome", ["no_answer", "busy", "wrong_number"])
def test_no_word_is_agreed_on_with_nobody(browser, address, outcome):
    shown = page(press(browser, address, outcome, code_word="kråke"))
    assert "code_word" in shown.errors
    assert "kråke" in shown.form("form:has([name=outcome])").values["code_word"]
    assert "Say the code word" not in page(browser.get(address)).text


def test_who_must_not_be_rung_is_told_no_word(desk, browser):
    number = wanting(desk, "blåmeis", reach=Reach.VISIT)
    assert "blåmeis" not in page(browser.get(f"/desk/cases/{number}/call")).text
    assert "blåmeis" not in browser.get(f"/desk/cases/{number}").text
